// What a bill asks for on a day, and in which state it is that day. Both are computed when asked and stored
// nowhere, so a bill's row changes only when the agency or a payment changes it.

import type { Biller, PenaltyComponent } from '../billers/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { effectiveDueOn, penaltyOn } from './penalty.ts';

export type StoredStatus = 'open' | 'paid' | 'cancelled';
export type BillStatus = StoredStatus | 'expired';

/** A bill as the rules see it: what the pay path's lock statement and the inquiry's read return of its row. */
export interface BillFacts {
  readonly billNumber: string;
  readonly payerId: string;
  readonly status: StoredStatus;
  readonly currency: string;
  /** null: an open amount, bounded by `minMinor` and `maxMinor`. */
  readonly amountMinor: bigint | null;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
  readonly stepMinor: bigint | null;
  readonly dueOn: BusinessDate;
  /** The last day on which it can be paid. */
  readonly expiresOn: BusinessDate | null;
  readonly revision: number;
  /** The bill's own penalty, which takes the place of the biller's; [] says none. */
  readonly penalty: readonly PenaltyComponent[] | null;
}

/** Minor units; principal and due are null together, for open amounts, which bear no penalty. */
export interface AmountDue {
  readonly principalMinor: bigint | null;
  readonly penaltyMinor: bigint;
  readonly dueMinor: bigint | null;
}

const OPEN_AMOUNT: AmountDue = { principalMinor: null, penaltyMinor: 0n, dueMinor: null };

/**
 * Principal and penalty of a bill if it is paid on `paidOn`: the local date of acceptance, the quote's date, the
 * bank's booking date of a deposit or the requested date of a debit (rules.md, "Bills and the amount due").
 */
export function amountDue(
  bill: Pick<BillFacts, 'amountMinor' | 'dueOn' | 'penalty'>,
  biller: Pick<Biller, 'currency' | 'penalty' | 'rounding' | 'dueMovesForward' | 'calendar'>,
  paidOn: BusinessDate,
): AmountDue {
  const principalMinor = bill.amountMinor;
  if (principalMinor === null) return OPEN_AMOUNT;
  const components = bill.penalty ?? biller.penalty;
  if (components.length === 0 || paidOn <= bill.dueOn) {
    return { principalMinor, penaltyMinor: 0n, dueMinor: principalMinor };
  }
  const penaltyMinor = penaltyOn({
    principalMinor,
    dueOn: effectiveDueOn(bill.dueOn, biller),
    paidOn,
    components,
    currency: biller.currency,
    rounding: biller.rounding,
  });
  return { principalMinor, penaltyMinor, dueMinor: principalMinor + penaltyMinor };
}

/** The state on `today`, the biller's local date: an open bill has expired once `expiresOn` is past. */
export function effectiveStatus(
  bill: Pick<BillFacts, 'status' | 'expiresOn'>,
  today: BusinessDate,
): BillStatus {
  return bill.status === 'open' && bill.expiresOn !== null && today > bill.expiresOn
    ? 'expired'
    : bill.status;
}
