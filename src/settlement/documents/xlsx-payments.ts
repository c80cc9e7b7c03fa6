// The sheets of the detail: every line with typed cells, and the totals by formula below. A day that is longer than a
// sheet goes on in the next one.

import { formatMinor, parseMinor } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  columnName,
  dateSerial,
  inSheets,
  instantSerial,
  LAST_ROW,
  type Cell,
  type Row,
  type Sheet,
} from '../../platform/files/index.ts';
import { problemTitle, type Language } from '../../platform/http/index.ts';
import type { Batch, BatchFacts } from '../batch.ts';
import { ENTRY_COLUMNS, type EntryColumn } from './entry-columns.ts';
import { readFields } from './entry-fields.ts';
import { WORDS, type Words } from './words/index.ts';
import { nameOf, wordOf } from './report.ts';

const WIDTHS: Record<EntryColumn, number> = {
  paymentId: 35,
  receiptNumber: 24,
  acceptedAt: 19,
  kind: 12,
  reference: 22,
  channel: 28,
  outletKind: 20,
  outletId: 14,
  method: 12,
  route: 19,
  billNumber: 24,
  payerId: 14,
  unit: 18,
  service: 20,
  budgetLine: 12,
  amount: 15,
  payerFee: 14,
  billerFee: 16,
  tax: 12,
  commission: 15,
  currency: 9,
  businessDate: 12,
  credited: 24,
  note: 30,
};
const MONEY: readonly EntryColumn[] = ['amount', 'payerFee', 'billerFee', 'tax', 'commission'];
/** In the reader's language. */
const WORDED: readonly EntryColumn[] = ['kind', 'outletKind', 'method', 'route'];
/** Different in every line: not worth keeping once. */
const SINGLE: readonly EntryColumn[] = [
  'paymentId',
  'receiptNumber',
  'reference',
  'billNumber',
  'payerId',
  'note',
];

export async function* paymentSheets(
  database: Database,
  batch: Batch,
  language: Language,
  lastRow = LAST_ROW,
): AsyncGenerator<Sheet> {
  const words = WORDS[language];
  const day = { ...batch, timeZone: batch.facts.timeZone };
  const lines = readFields(database, day);
  // A head above the lines, a line of totals below.
  for await (const lot of inSheets(lines, 2, lastRow)) {
    yield {
      name: words.sheets.payments,
      widths: ENTRY_COLUMNS.map((column) => WIDTHS[column]),
      frozenRows: 1,
      rows: rowsOf(lot, batch, language),
    };
  }
}

async function* rowsOf(
  lines: AsyncIterable<string[]>,
  batch: Batch,
  language: Language,
): AsyncGenerator<Row> {
  const words = WORDS[language];
  yield ENTRY_COLUMNS.map((column) => ({
    text: words.columns[column],
    style: MONEY.includes(column) ? 'header-end' : 'header',
  }));
  const toCell = ENTRY_COLUMNS.map((column) => cellOf(column, batch.facts, language));
  const sums = new Map(MONEY.map((column) => [column, 0n]));
  const places = MONEY.map((column) => [column, ENTRY_COLUMNS.indexOf(column)] as const);
  let count = 1;
  for await (const fields of lines) {
    for (const [column, at] of places)
      sums.set(column, (sums.get(column) ?? 0n) + signedMinor(fields[at] ?? '', batch.currency));
    count += 1;
    yield fields.map((field, at) => (field === '' ? undefined : toCell[at]?.(field)));
  }
  yield totals(sums, count, batch, words);
}

function cellOf(column: EntryColumn, facts: BatchFacts, language: Language): (field: string) => Cell {
  if (MONEY.includes(column)) return (number) => ({ number, style: 'money' });
  if (column === 'businessDate') return (date) => ({ number: dateSerial(date), style: 'date' });
  if (column === 'acceptedAt') return (local) => ({ number: instantSerial(local), style: 'instant' });
  if (WORDED.includes(column)) return (code) => ({ text: wordOf(WORDS[language], code), repeats: true });
  if (column === 'credited') return (code) => ({ text: problemTitle(language, code), repeats: true });
  if (column === 'channel' || column === 'unit' || column === 'service')
    return (key) => ({ text: nameOf({ dimension: column, key }, facts, language), repeats: true });
  const repeats = !SINGLE.includes(column);
  const style = column === 'note' ? 'plain' : 'code';
  return (field) => ({ text: field, repeats, style });
}

function totals(
  sums: ReadonlyMap<EntryColumn, bigint>,
  lastRow: number,
  { currency }: Batch,
  words: Words,
): Row {
  return ENTRY_COLUMNS.map((column, at): Cell => {
    const sum = sums.get(column);
    if (sum === undefined) return { text: at === 0 ? words.total : '', style: 'total' };
    const name = columnName(at);
    const number = formatMinor(sum, currency);
    // A sheet without lines has nothing to add up.
    return lastRow === 1
      ? { number, style: 'money-total' }
      : { formula: `SUM(${name}2:${name}${lastRow})`, number, style: 'money-total' };
  });
}

/** Decimal text with the currency's scale, maybe negative. */
function signedMinor(text: string, currency: string): bigint {
  if (text === '') return 0n;
  const negative = text.startsWith('-');
  const minor = parseMinor(negative ? text.slice(1) : text, currency);
  if (minor === undefined) throw new Error(`${text} is no amount of ${currency}`);
  return negative ? -minor : minor;
}
