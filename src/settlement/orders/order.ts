// A payment order to a bank as values, and the bank's answer to one, whatever protocol carries them. A dialect
// (src/dialects) turns them into bytes and back; the roots hand it in, so that this room knows none.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Money } from '../../kernel/money.ts';

/** Who is debited or credited. */
export interface OrderParty {
  readonly name: string;
  /** IBAN or a number of the country's own, without spaces. */
  readonly account: string;
  /** BIC, or the bank's number in a clearing; null: the account tells it. */
  readonly bank: string | null;
}

export interface Transfer {
  readonly endToEndId: string;
  readonly amount: Money;
  readonly creditor: OrderParty;
  /** What the agency reads on its statement. */
  readonly text: string;
}

/** All transfers of one debtor account, execution date and currency. */
export interface PaymentOrder {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly debtor: OrderParty;
  readonly executeOn: BusinessDate;
  readonly transfers: readonly [Transfer, ...Transfer[]];
}

export interface OrderWriter {
  /** The same order gives the same bytes. Throws what `faultOf` would name. */
  write(order: PaymentOrder): Buffer;
  /** Why this party cannot stand in an order, in words; undefined: it can. */
  faultOf(party: OrderParty): string | undefined;
}

/** An order of ours has one payment block, which is called so. */
export function paymentIdOf(messageId: string): string {
  return `${messageId}-1`;
}

/** More than an order of 5,000 transfers can need: 1,600 bytes about each. Larger files are refused unread. */
export const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

/** `settled`: carried out, which is final; `pending`: read and not decided; `unknown`: a word that we do not know, never acted upon. */
export type Verdict = 'accepted' | 'settled' | 'pending' | 'partly' | 'rejected' | 'unknown';

export interface Standing {
  readonly verdict: Verdict;
  /** As the bank says it. */
  readonly code: string;
  readonly reasons: readonly string[];
}

export interface TransferStanding {
  /** null: the bank named none, or something that is not ours to know. */
  readonly endToEndId: string | null;
  readonly standing: Standing;
}

/** What a bank says of one order: of the whole, where it does, and of transfers one by one. */
export interface OrderStatus {
  readonly messageId: string;
  readonly orderMessageId: string;
  readonly whole: Standing | null;
  readonly payments: readonly {
    readonly paymentId: string | null;
    readonly whole: Standing | null;
    readonly transfers: readonly TransferStanding[];
  }[];
}

export type ReadStatus =
  | { readonly ok: true; readonly statuses: readonly OrderStatus[] }
  | { readonly ok: false; readonly reason: string };

/** Reads one file of a bank; what it cannot or must not read is told, never thrown. */
export type StatusReader = (bytes: Buffer) => Promise<ReadStatus>;
