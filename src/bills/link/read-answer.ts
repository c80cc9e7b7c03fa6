// From the bytes of an agency's answer to bills that may be kept, or the one fault for which all of it is thrown away.
// Pure. Remember: an answer that is wrong in one place is trusted in none.

import type { Biller } from '../../billers/index.ts';
import type { CheckedBill } from '../checked-bill.ts';
import { readBillBody } from '../read-bill-body.ts';
import { parseAnswer, type AgencyBill } from './schema.ts';

/** PostgreSQL and people write years of four digits; an offset may carry an instant of the year 9999 beyond them. */
const YEAR_10000_MS = Date.UTC(10_000, 0);

export type Question = { readonly billNumber: string } | { readonly payerId: string };

/** Why an answer was thrown away; the label of the alarm's metric. */
export type AnswerFault =
  | 'http-status'
  | 'too-large'
  | 'malformed'
  | 'wrong-currency'
  | 'another-bill'
  | 'another-payer'
  | 'contradiction';

/** A bill as the agency says it stands. */
export interface SaidBill {
  readonly bill: CheckedBill;
  readonly status: 'open' | 'paid' | 'cancelled';
  readonly paidAt: string | null;
}

export type ReadAnswer =
  { readonly bills: readonly SaidBill[] } | { readonly fault: AnswerFault; readonly detail: string };

/** Bills in the order of their numbers, in which they are locked. */
export function readAnswer(body: Buffer, question: Question, biller: Biller): ReadAnswer {
  const parsed = parseAnswer(body);
  if ('wrong' in parsed) return { fault: 'malformed', detail: parsed.wrong };
  const stray = strayFault(parsed, question);
  if (stray !== undefined) return stray;
  const bills: SaidBill[] = [];
  for (const [i, { billNumber, status = 'open', paidAt, ...content }] of parsed.entries()) {
    const read = readBillBody(billNumber, content, biller);
    if ('refusal' in read) {
      const { code, errors } = read.refusal;
      if (code === 'currency-mismatch')
        return { fault: 'wrong-currency', detail: `/bills/${i} in ${content.amount.currency}` };
      const [first] = errors ?? [];
      const detail = first === undefined ? ` ${code}` : `${first.pointer} ${first.detail}`;
      return { fault: 'malformed', detail: `/bills/${i}${detail}` };
    }
    const paidMs = paidAt === undefined ? undefined : Date.parse(paidAt);
    if (paidMs !== undefined && !(paidMs > 0 && paidMs < YEAR_10000_MS))
      return { fault: 'malformed', detail: `/bills/${i}/paidAt is no instant of the years 1970 to 9999` };
    bills.push({
      bill: read.bill,
      status,
      paidAt: paidMs === undefined ? null : new Date(paidMs).toISOString(),
    });
  }
  return { bills: bills.sort((a, b) => (a.bill.billNumber < b.bill.billNumber ? -1 : 1)) };
}

function strayFault(bills: readonly AgencyBill[], question: Question): ReadAnswer | undefined {
  if ('billNumber' in question) {
    const isOther = bills.some(({ billNumber }) => billNumber !== question.billNumber);
    if (isOther || bills.length > 1)
      return { fault: 'another-bill', detail: `${bills.length} bills for one number` };
    return undefined;
  }
  if (bills.some(({ payerId }) => payerId !== question.payerId))
    return { fault: 'another-payer', detail: 'a bill of somebody else' };
  if (new Set(bills.map(({ billNumber }) => billNumber)).size < bills.length)
    return { fault: 'malformed', detail: 'a bill named twice' };
  return undefined;
}
