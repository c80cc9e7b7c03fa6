// What becomes of a planned debit on the day on which it has to be with the bank, from what stands in the database by then:
// decided from facts alone. Here its amounts are fixed.

import type { Biller } from '../../billers/index.ts';
import type { BillFacts } from '../../bills/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { collectableMinor, type Debit, type DebitBill } from '../debits/index.ts';
import type { MandateState } from '../mandates/index.ts';

/** A bill of the debit as it is now; undefined: it is gone. */
export type BillNow = Pick<
  BillFacts,
  'status' | 'payerId' | 'amountMinor' | 'dueOn' | 'expiresOn' | 'penalty' | 'revision'
> & {
  readonly unit: string | null;
};

export interface MandateNow {
  readonly state: MandateState;
  readonly collect: 'due-date' | 'days' | 'demand';
  readonly validUntil: BusinessDate | null;
  readonly perDebitMinor: bigint;
  readonly perMonthMinor: bigint;
  /** So many days before the payer is told; 0: he is not. */
  readonly announceDays: number;
  /** What counts against the month's ceiling but this debit. */
  readonly othersMinor: bigint;
  /** What it covers with the biller, as far as that is accepted. */
  readonly covers: readonly { readonly payerId: string; readonly units: readonly string[] }[];
}

export interface PlannedBill extends DebitBill {
  /** Which content was planned. */
  readonly revision: number | null;
  readonly now: BillNow | undefined;
}

export interface BillOut {
  readonly billNumber: string;
  readonly outcome: 'paid-elsewhere' | 'withdrawn';
}

export type WhyDropped =
  'mandate-cancelled' | 'mandate-suspended' | 'mandate-expired' | 'nothing-left' | 'amount-risen';

export interface FixedBill {
  readonly billNumber: string;
  readonly minor: bigint;
  readonly revision: number;
  /** As it was planned. */
  readonly isSame: boolean;
  /** More than was planned, which the payer was told or has asked for. */
  readonly isMore: boolean;
}

export interface CheckedBills {
  readonly out: readonly BillOut[];
  /** Those that stay, with what they owe. */
  readonly bills: readonly FixedBill[];
  readonly amountMinor: bigint;
}

/** Why a debit may not go: the mandate or the cover does not hold any more; undefined: it does. */
export function mandateFault(
  { state, validUntil, covers }: Pick<MandateNow, 'state' | 'validUntil' | 'covers'>,
  collectOn: BusinessDate,
): WhyDropped | undefined {
  if (state === 'suspended') return 'mandate-suspended';
  if (state === 'expired' || (validUntil !== null && collectOn > validUntil)) return 'mandate-expired';
  if (state !== 'accepted' || covers.length === 0) return 'mandate-cancelled';
  return undefined;
}

/** Which of its bills it still collects, and how much of each: owed as of the day that was planned. */
export function checkBills(
  bills: readonly PlannedBill[],
  mandate: Pick<MandateNow, 'covers' | 'collect'>,
  { biller, ...debit }: { readonly biller: Biller } & Pick<Debit, 'cause' | 'collectOn'>,
): CheckedBills {
  const out: BillOut[] = [];
  const stay: FixedBill[] = [];
  let amountMinor = 0n;
  for (const { billNumber, now, owedAsOf, ...was } of bills) {
    const minor =
      now && isCollected({ ...now, wasDueOn: was.dueOn }, owedAsOf, debit, mandate)
        ? dueOf(now, biller, owedAsOf)
        : null;
    if (now === undefined || minor === null) {
      out.push({ billNumber, outcome: now?.status === 'paid' ? 'paid-elsewhere' : 'withdrawn' });
      continue;
    }
    const { revision } = now;
    stay.push({
      billNumber,
      minor,
      revision,
      isSame: minor === was.amountMinor && revision === was.revision,
      isMore: minor > was.amountMinor,
    });
    amountMinor += minor;
  }
  return { out, bills: stay, amountMinor };
}

/** Without what has become more: another debit may collect it. */
export function withoutRisen({ out, bills }: CheckedBills): CheckedBills {
  const [risen, stay] = [true, false].map((is) => bills.filter(({ isMore }) => isMore === is));
  const left = risen?.map(({ billNumber }) => ({ billNumber, outcome: 'withdrawn' as const })) ?? [];
  return {
    out: [...out, ...left],
    bills: stay ?? [],
    amountMinor: (stay ?? []).reduce((sum, { minor }) => sum + minor, 0n),
  };
}

/** A due date that was put off behind the debit: the bill is planned anew. */
function isCollected(
  bill: BillNow & { readonly wasDueOn: BusinessDate },
  owedAsOf: BusinessDate,
  { cause, collectOn }: Pick<Debit, 'cause' | 'collectOn'>,
  { collect, covers }: Pick<MandateNow, 'covers' | 'collect'>,
): boolean {
  const isByDueDate = cause === 'due-date' || (cause === 'retry' && collect === 'due-date');
  const isPutOff =
    isByDueDate && bill.dueOn > collectOn && (cause === 'due-date' || bill.dueOn > bill.wasDueOn);
  if (bill.status !== 'open' || isPutOff) return false;
  if (bill.expiresOn !== null && owedAsOf > bill.expiresOn) return false;
  return covers.some(
    ({ payerId, units }) =>
      payerId === bill.payerId && (units.length === 0 || (bill.unit !== null && units.includes(bill.unit))),
  );
}

function dueOf(bill: BillNow, biller: Biller, owedAsOf: BusinessDate): bigint | null {
  return collectableMinor(bill, biller, owedAsOf);
}

/** Which ceiling it is above; undefined: none, or persons let so much go above: what has become more they have not seen. */
export function overCeiling(
  { over, amountMinor: seenMinor }: Pick<Debit, 'over' | 'amountMinor'>,
  amountMinor: bigint,
  { perDebitMinor, perMonthMinor, othersMinor }: MandateNow,
): 'per-debit' | 'per-month' | undefined {
  if (over && amountMinor <= seenMinor) return undefined;
  if (amountMinor > perDebitMinor) return 'per-debit';
  return othersMinor + amountMinor > perMonthMinor ? 'per-month' : undefined;
}
