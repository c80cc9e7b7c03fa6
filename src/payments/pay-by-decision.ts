// A payment that persons have decided to enter, in their transaction and by the rules of all payments: a channel has taken
// money of which we know nothing. It stands under the channel, whose debt or float it takes like every other payment of it.

import type { Words } from '../bills/link/index.ts';
import type { Method, OutletKind } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Tx } from '../platform/db/index.ts';
import type { PaymentCommand } from './command.ts';
import { fingerprintOf } from './fingerprint.ts';
import { occurredInstant } from './occurred-at.ts';
import type { Payment } from './payment.ts';
import type { UndoTools } from './reverse.ts';
import { saidBy, Till } from './till.ts';

export interface DecidedPayment {
  readonly channelId: number;
  readonly billerId: number;
  readonly reference: string;
  readonly bills: readonly { readonly billNumber: string; readonly amountMinor: bigint }[];
  readonly currency: string;
  readonly method: Method;
  readonly outletKind: OutletKind | undefined;
  /** When the channel took the money, RFC 3339; undefined: nobody says. */
  readonly occurredAt: string | undefined;
  /** The date that what is owed goes by; undefined: today. */
  readonly paidOn: BusinessDate | undefined;
  /** What cannot pay its bills becomes the payers' credit instead of being refused. */
  readonly orCredit: boolean;
  /** What the same transaction gives back of the channel's float or credit, and so counts as there; minor units. */
  readonly freedMinor?: bigint;
  /** What a linked agency has just said of the bills. */
  readonly words?: Words | undefined;
}

/**
 * Refuses what any payment is refused for, and `reference-reused` for a reference that stands for something already.
 * Throws `NoOpenDay` and `StaleDirectory`. Locks as a group of payments does.
 */
export async function payByDecision(tx: Tx, tools: UndoTools, of: DecidedPayment): Promise<Payment> {
  const command = saidBy(of.words, commandOf(of));
  const till = await Till.open(tx, tools.directory, [command]);
  till.free(of.channelId, of.currency, of.freedMinor ?? 0n);
  const decision = till.decide(command);
  if (decision.kind === 'replayed')
    throw new Refused(refuse('reference-reused', { reference: of.reference, field: 'reference' }));
  if (decision.kind !== 'paid') throw new Refused(decision.refusal);
  till.take(command, decision);
  await till.record(tx, tools.lane);
  return decision.payment;
}

function commandOf(of: DecidedPayment): PaymentCommand {
  const { billerId, channelId, reference, method, outletKind, currency, orCredit, occurredAt = '' } = of;
  const items = of.bills.map((bill) => ({ ...bill, currency, quote: undefined, members: undefined }));
  return {
    channelId,
    billerId,
    reference,
    items,
    method,
    outletKind,
    occurredAt,
    occurredInstant: occurredInstant(occurredAt) ?? '',
    feeMinor: undefined,
    cashHeld: orCredit,
    details: {},
    detailsText: null,
    fingerprint: fingerprintOf({ billerId, method, items }),
    ...(of.paidOn !== undefined && { paidOn: of.paidOn }),
  };
}
