// A deposit as a payment on the channel `deposit`: by transfer, when the bank booked it, and owing what was owed that day.
// The money is here already, so that what the bills cannot take becomes the payer's credit instead of a refusal.

import type { Biller } from '../../billers/index.ts';
import { cutOffInstant, termsOn } from '../../calendar/index.ts';
import { showId } from '../../kernel/ids.ts';
import { fingerprintOf, type PaymentCommand } from '../../payments/index.ts';
import type { DepositLine, Plan } from './deposit.ts';

/** Of the channel's own naming: one line, one reference; what is over goes under `…:rest`. */
export function referenceOf({ statementId, line }: Pick<DepositLine, 'statementId' | 'line'>): string {
  return `dep:${showId('stm', statementId)}:${line}`;
}

export type PayingPlan = Extract<Plan, { kind: 'bills' | 'code' }>;

export interface Tender {
  readonly channelId: number;
  readonly line: DepositLine;
  readonly biller: Biller;
}

/** `amounts`: for each bill of the plan; of a code one for all. `suffix`: of the reference. */
export function commandOf(
  { channelId, line, biller }: Tender,
  plan: PayingPlan,
  amounts: readonly bigint[],
  suffix = '',
): PaymentCommand {
  const { billerId } = biller;
  const { currency } = line;
  const named =
    plan.kind === 'code'
      ? [{ billNumber: plan.code, members: plan.members }]
      : plan.bills.map(({ billNumber }) => ({ billNumber, members: undefined }));
  const items = named.map((each, at) => ({
    ...each,
    amountMinor: amounts[at] ?? 0n,
    currency,
    quote: undefined,
  }));
  const occurredAt = bookedAt(line, biller).toISOString();
  return {
    channelId,
    billerId,
    reference: referenceOf(line) + suffix,
    items,
    method: 'transfer',
    outletKind: undefined,
    occurredAt,
    occurredInstant: occurredAt,
    feeMinor: undefined,
    cashHeld: true,
    details: {},
    detailsText: null,
    fingerprint: fingerprintOf({ billerId, method: 'transfer', items }),
    paidOn: line.bookedOn,
  };
}

/** Noon of the biller's day where the bank tells no time. */
function bookedAt({ bookedAt, bookedOn }: DepositLine, { calendar }: Biller): Date {
  return bookedAt ?? cutOffInstant(bookedOn, '12:00', termsOn(bookedOn, calendar).timeZone);
}
