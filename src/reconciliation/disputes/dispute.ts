// What somebody says against a payment: the channel that took it, the desk for a payer who complains (a case), or the
// operator against a channel, from a break. It has a time by which it is to be decided, evidence, and an outcome by two.

import type { Uuid } from '../../kernel/ids.ts';
import type { DisputeState } from './states.ts';

export const REASONS = [
  'not-authorised',
  'paid-twice',
  'wrong-bill',
  'not-credited',
  'amount',
  'other',
] as const;
export type Reason = (typeof REASONS)[number];

export const OPENERS = ['channel', 'desk', 'break'] as const;
export type Opener = (typeof OPENERS)[number];

/**
 * `refund-to-credit`: the payment is undone and what the payer handed over is his credit. `chargeback`: it is undone and the
 * channel gives the money back to him. `absorb`: the channel gives it back and the operator bears it; the payment stands, its
 * bills stay paid. `uphold`: who complains is right, and nothing is booked by it. `refuse`: he is not.
 */
export const OUTCOMES = ['refund-to-credit', 'chargeback', 'absorb', 'uphold', 'refuse'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Dispute {
  readonly billerId: number;
  readonly disputeId: Uuid;
  readonly openedBy: Opener;
  /** Whose reference: the channel's number; 0: the operator's. */
  readonly opener: number;
  readonly reference: string;
  readonly caseNumber: string | null;
  readonly channelId: number;
  readonly paymentId: Uuid | null;
  readonly breakId: Uuid | null;
  readonly reason: Reason;
  readonly words: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: DisputeState;
  readonly outcome: Outcome | null;
  /** Of the decision that is asked for, or by which it was decided. */
  readonly approvalId: Uuid | null;
  readonly reversalId: Uuid | null;
  readonly journalId: Uuid | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly endedAt: Date | null;
}
