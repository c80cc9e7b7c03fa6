// What two sides do not say alike, or nobody could place: it has a kind, an age, an owner and a history, and it ends by
// one person's resolution that another approves, or because a later file says it no more.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';

/** The first is of what an agency rejects, the next six of a channel's day, `not-credited` of the route direct, the others of statement lines. */
export const BREAK_KINDS = [
  'paid-elsewhere',
  'missing-here',
  'missing-there',
  'amount-differs',
  'status-differs',
  'duplicate-there',
  'wrong-day',
  'not-credited',
  'unplaced-line',
  'doubtful-line',
  'deposit-short',
  'deposit-already-paid',
  'deposit-refused',
  'unplaced-deposit',
] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

/** A break as it is found. The same `key` twice is one break. */
export interface FoundBreak {
  /** 0: of no one biller. */
  readonly billerId: number;
  readonly key: string;
  readonly kind: BreakKind;
  readonly channelId: number | null;
  readonly businessDate: BusinessDate | null;
  /** The channel's. */
  readonly reference: string | null;
  readonly paymentId: Uuid | null;
  readonly statementId: Uuid | null;
  readonly line: number | null;
  readonly currency: string;
  /** What is at stake, never negative. */
  readonly amountMinor: bigint;
  /** What our books say, and what the other side says, for persons. */
  readonly ours: Json;
  readonly theirs: Json;
}
