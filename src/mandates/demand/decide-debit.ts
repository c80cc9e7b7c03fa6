// Whether bills may be collected at once under a mandate, from facts alone: all of them or nothing.

import type { Biller } from '../../billers/index.ts';
import { amountDue, type BillFacts } from '../../bills/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { refuse, type BillRefusal, type Code, type Facts, type Refusal } from '../../kernel/errors.ts';
import { LARGEST_PAYMENT, toText } from '../../kernel/money.ts';

export type AskedBill = Pick<
  BillFacts,
  'billNumber' | 'status' | 'payerId' | 'amountMinor' | 'dueOn' | 'expiresOn' | 'penalty' | 'revision'
> & { readonly unit: string | null };

export interface DebitFacts {
  readonly biller: Biller;
  /** What the mandate covers with the agency, as far as that is accepted. */
  readonly covers: readonly { readonly payerId: string; readonly units: readonly string[] }[];
  /** In another debit that is not over. */
  readonly live: ReadonlySet<string>;
  /** The day that amounts go by. */
  readonly owedAsOf: BusinessDate;
  readonly perDebitMinor: bigint;
  readonly perMonthMinor: bigint;
  /** What counts against the month's ceiling already. */
  readonly usedMinor: bigint;
}

export interface BillToCollect {
  readonly billNumber: string;
  readonly dueOn: BusinessDate;
  readonly minor: bigint;
  readonly revision: number;
}

export interface DecidedDebit {
  readonly bills: readonly BillToCollect[];
  readonly amountMinor: bigint;
}

/** `asked`: in the order of the request; undefined: there is no such bill. */
export function decideDebit(
  asked: readonly { readonly billNumber: string; readonly bill: AskedBill | undefined }[],
  facts: DebitFacts,
): DecidedDebit | Refusal {
  const refusals: BillRefusal[] = [];
  const bills: BillToCollect[] = [];
  for (const { billNumber, bill } of asked) {
    const read = readBill(bill, billNumber, facts);
    if ('refused' in read) refusals.push({ billNumber, code: read.refused, ...read.facts });
    else bills.push(read);
  }
  const [first] = refusals;
  if (first !== undefined) {
    const { code, ...more } = first;
    return refuse(code, more, { bills: refusals });
  }
  const amountMinor = bills.reduce((sum, { minor }) => sum + minor, 0n);
  return overCeiling(amountMinor, facts) ?? { bills, amountMinor };
}

function readBill(
  bill: AskedBill | undefined,
  billNumber: string,
  { biller, covers, live, owedAsOf }: DebitFacts,
): BillToCollect | { readonly refused: Code; readonly facts?: Facts } {
  if (bill === undefined) return { refused: 'bill-not-found' };
  const isCovered = covers.some(
    ({ payerId, units }) =>
      payerId === bill.payerId && (units.length === 0 || (bill.unit !== null && units.includes(bill.unit))),
  );
  if (!isCovered) return { refused: 'bill-not-covered' };
  if (bill.status === 'paid') return { refused: 'bill-already-paid' };
  if (bill.status === 'cancelled') return { refused: 'bill-cancelled' };
  if (bill.status !== 'open' || (bill.expiresOn !== null && owedAsOf > bill.expiresOn))
    return { refused: 'bill-expired' };
  if (live.has(billNumber)) return { refused: 'bill-in-debit' };
  const { dueMinor } = amountDue(bill, biller, owedAsOf);
  // The payer chooses what an open amount comes to.
  if (dueMinor === null) return { refused: 'bill-not-covered', facts: { reason: 'open-amount' } };
  if (dueMinor > LARGEST_PAYMENT) {
    const max = toText({ minor: LARGEST_PAYMENT, currency: biller.currency });
    return { refused: 'amount-out-of-range', facts: { max: { ...max } } };
  }
  return { billNumber, dueOn: bill.dueOn, minor: dueMinor, revision: bill.revision };
}

function overCeiling(amountMinor: bigint, facts: DebitFacts): Refusal | undefined {
  const { perDebitMinor, perMonthMinor, usedMinor, biller } = facts;
  const { currency } = biller;
  const leftMinor = perMonthMinor > usedMinor ? perMonthMinor - usedMinor : 0n;
  const told = (ceiling: 'per-debit' | 'per-month', limitMinor: bigint, ofItMinor: bigint): Refusal =>
    refuse('ceiling-exceeded', {
      ceiling,
      limit: { ...toText({ minor: limitMinor, currency }) },
      left: { ...toText({ minor: ofItMinor, currency }) },
      amount: { ...toText({ minor: amountMinor, currency }) },
    });
  if (amountMinor > perDebitMinor) return told('per-debit', perDebitMinor, perDebitMinor);
  return amountMinor > leftMinor ? told('per-month', perMonthMinor, leftMinor) : undefined;
}
