// The columns of a CSV bill file (api.md, "Agencies") and how one record becomes a body as PUT takes it. The forms
// are those of the JSON schema, tested by hand because a file has millions of them.

import { malformed, type Reject } from './bill-line.ts';
import type { BillBody } from './schema.ts';
import {
  BILL_NUMBER_WORDS,
  CODE_WORDS,
  CURRENCY,
  CURRENCY_WORDS,
  DATE_WORDS,
  isBillNumber,
  isCodeText,
  isDay,
  isLine,
  lineWords,
  LONGEST_DESCRIPTION,
  LONGEST_NAME,
} from './text-forms.ts';

const REQUIRED = [
  'billNumber',
  'payerId',
  'payerName',
  'description',
  'amount',
  'currency',
  'dueOn',
] as const;
const OPTIONAL = ['expiresOn', 'unit', 'service', 'budgetLine', 'version'] as const;
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
const COLUMNS: readonly string[] = [...REQUIRED, ...OPTIONAL];

/** Position of each column in the file; -1: the file has no such column. */
export interface CsvHeader {
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
}

/** The header, or in words what is wrong with it. */
export function readCsvHeader(names: readonly string[]): CsvHeader | string {
  const unknown = names.find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined)
    return `unknown column ${JSON.stringify(unknown.slice(0, 40))}; known are ${COLUMNS.join(', ')}`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `the column ${twice} comes twice`;
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) return `the header lacks ${missing.join(', ')}`;
  const at = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)])) as Record<Column, number>;
  return { width: names.length, at };
}

/** In words what is wrong with the header. */
export function headerFault(names: readonly string[]): string | undefined {
  const header = readCsvHeader(names);
  return typeof header === 'string' ? header : undefined;
}

const VERSION = /^(0|[1-9][0-9]{0,15})$/;
const currencyForm = new RegExp(CURRENCY);

/** A record as the body of PUT and its number, or the first fault in it. */
export function readCsvRecord(
  fields: readonly string[],
  { width, at }: CsvHeader,
): { billNumber: string; body: BillBody } | Reject {
  if (fields.length !== width) return malformed('', `${fields.length} fields where the header has ${width}`);
  const billNumber = fields[at.billNumber] ?? '';
  const payerId = fields[at.payerId] ?? '';
  const payerName = fields[at.payerName] ?? '';
  const description = fields[at.description] ?? '';
  const value = fields[at.amount] ?? '';
  const currency = fields[at.currency] ?? '';
  const dueOn = fields[at.dueOn] ?? '';
  if (!isBillNumber(billNumber)) return malformed('billNumber', BILL_NUMBER_WORDS);
  if (!isCodeText(payerId)) return malformed('payerId', CODE_WORDS);
  if (!isLine(payerName, LONGEST_NAME)) return malformed('payerName', lineWords(LONGEST_NAME));
  if (!isLine(description, LONGEST_DESCRIPTION))
    return malformed('description', lineWords(LONGEST_DESCRIPTION));
  if (!currencyForm.test(currency)) return malformed('currency', CURRENCY_WORDS);
  if (!isDay(dueOn)) return malformed('dueOn', DATE_WORDS);
  const body: BillBody = { payerId, payerName, description, amount: { value, currency }, dueOn };
  const fault = readOptional(fields, at, body);
  return fault ?? { billNumber, body };
}

/** Fills in the optional columns; an empty field is an absent one. */
function readOptional(fields: readonly string[], at: CsvHeader['at'], body: BillBody): Reject | undefined {
  const expiresOn = fields[at.expiresOn] ?? '';
  if (expiresOn !== '') {
    if (!isDay(expiresOn)) return malformed('expiresOn', DATE_WORDS);
    body.expiresOn = expiresOn;
  }
  for (const name of ['unit', 'service', 'budgetLine'] as const) {
    const text = fields[at[name]] ?? '';
    if (text === '') continue;
    if (!isCodeText(text)) return malformed(name, CODE_WORDS);
    body[name] = text;
  }
  const version = fields[at.version] ?? '';
  if (version !== '') {
    if (!VERSION.test(version) || Number(version) > Number.MAX_SAFE_INTEGER) {
      return malformed('version', 'must be a whole number from 0 to 9007199254740991');
    }
    body.version = Number(version);
  }
  return undefined;
}

/** `/amount/value` is the column `amount`, `/amount/currency` the column `currency`. */
export function columnOf(pointer: string): string {
  if (pointer === '/amount/currency') return 'currency';
  return pointer.split('/')[1] ?? '';
}
