// The fields of one line of a day file, however they were written down: their forms, and the line that they make. Tested
// by hand, because a file has millions of them.

import { exponentOf } from '../../kernel/currencies.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { parseId } from '../../kernel/ids.ts';
import { parseMinor } from '../../kernel/money.ts';
import { LINE_STATUSES, type DayLine, type LineFault, type LineMore, type LineStatus } from './day.ts';

export const REQUIRED_FIELDS = ['reference', 'amount', 'currency', 'status'] as const;
export const FIELDS = [
  ...REQUIRED_FIELDS,
  'fee',
  'billerCode',
  'billNumber',
  'paymentId',
  'occurredAt',
  'businessDate',
] as const;
export type Field = (typeof FIELDS)[number];

/** Where each field stands among a line's texts; -1: nowhere in this file. */
export type Places = Readonly<Record<Field, number>>;

const REFERENCE = /^[A-Za-z0-9._:-]{1,64}$/;
const BILLER_CODE = /^[a-z0-9][a-z0-9-]{1,31}$/;
const BILL_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const INSTANT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$/;
const STATUSES: ReadonlySet<string> = new Set(LINE_STATUSES);

/** An empty text is an absent field. */
export function readLine(line: number, texts: readonly string[], at: Places): DayLine | LineFault {
  const reference = texts[at.reference] ?? '';
  const currency = texts[at.currency] ?? '';
  const status = texts[at.status] ?? '';
  if (!REFERENCE.test(reference))
    return { line, field: 'reference', detail: 'must be 1 to 64 of A-Z a-z 0-9 . _ : -' };
  const amountMinor = parseMinor(texts[at.amount] ?? '', currency);
  if (amountMinor === undefined) return amountFault(line, 'amount', currency);
  if (!isStatus(status))
    return { line, field: 'status', detail: `must be one of ${LINE_STATUSES.join(', ')}` };
  const fee = texts[at.fee] ?? '';
  const feeMinor = fee === '' ? null : parseMinor(fee, currency);
  if (feeMinor === undefined) return amountFault(line, 'fee', currency);
  const businessDate = texts[at.businessDate] ?? '';
  if (businessDate !== '' && !isBusinessDate(businessDate))
    return { line, field: 'businessDate', detail: 'must be a date, YYYY-MM-DD' };
  const more = readMore(line, texts, at);
  if (more !== null && 'detail' in more) return more;
  return {
    line,
    reference,
    currency,
    amountMinor,
    feeMinor,
    status,
    businessDate: businessDate === '' ? null : businessDate,
    more,
  };
}

function isStatus(text: string): text is LineStatus {
  return STATUSES.has(text);
}

function amountFault(line: number, field: 'amount' | 'fee', currency: string): LineFault {
  const decimals = exponentOf(currency);
  if (decimals === undefined)
    return { line, field: 'currency', detail: 'must be a currency of ISO 4217, three capital letters' };
  const detail = `must be a decimal with the ${decimals} decimals of ${currency}, without a sign, of at most 10^15 minor units`;
  return { line, field, detail };
}

const MORE = {
  billerCode: [(text: string) => BILLER_CODE.test(text), 'must be the code of a biller'],
  billNumber: [
    (text: string) => BILL_NUMBER.test(text),
    'must be 1 to 64 of A-Z a-z 0-9 . _ : - and begin with a letter or digit',
  ],
  paymentId: [(text: string) => parseId('pay', text) !== undefined, 'must be the paymentId of our answer'],
  occurredAt: [
    (text: string) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)),
    'must be an instant of RFC 3339',
  ],
} as const;
const MORE_FIELDS = ['billerCode', 'billNumber', 'paymentId', 'occurredAt'] as const;

/** What is kept for persons: null for nothing. */
export function readMore(line: number, texts: readonly string[], at: Places): LineMore | LineFault | null {
  let more: Record<string, string> | null = null;
  for (const field of MORE_FIELDS) {
    const text = texts[at[field]] ?? '';
    if (text === '') continue;
    const [isOf, words] = MORE[field];
    if (!isOf(text)) return { line, field, detail: words };
    more ??= {};
    more[field] = text;
  }
  return more;
}
