// What a bank says of one order, as values, whatever protocol carries it: of the whole, of a payment block, of each
// transaction. A dialect (src/dialects) reads it from bytes; the roots hand it in, so that this room knows none.

/** As much as an order of 10,000 transactions can need: 1,600 bytes about each. Larger files are refused unread. */
export const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** `settled`: carried out, which is final; `pending`: read and not decided; `unknown`: a word that we do not know, never acted upon. */
export type Verdict = 'accepted' | 'settled' | 'pending' | 'partly' | 'rejected' | 'unknown';

export interface Standing {
  readonly verdict: Verdict;
  /** As the bank says it. */
  readonly code: string;
  readonly reasons: readonly string[];
}

export interface TransactionStanding {
  /** null: the bank named none, or something that is not ours to know. */
  readonly endToEndId: string | null;
  readonly standing: Standing;
}

/** What a bank says of one order: of the whole, where it does, and of transactions one by one. */
export interface OrderStatus {
  readonly messageId: string;
  readonly orderMessageId: string;
  readonly whole: Standing | null;
  readonly payments: readonly {
    readonly paymentId: string | null;
    readonly whole: Standing | null;
    readonly transactions: readonly TransactionStanding[];
  }[];
}

/** What a bank says of one transaction without naming the order: the kind of the order knows where it stands. */
export interface UnnamedWord {
  readonly messageId: string;
  readonly transaction: TransactionStanding & { readonly endToEndId: string };
}

export type ReadStatus =
  | {
      readonly ok: true;
      readonly statuses: readonly OrderStatus[];
      readonly unnamed?: readonly UnnamedWord[];
    }
  | { readonly ok: false; readonly reason: string };

/** Reads one file of a bank; what it cannot or must not read is told, never thrown. */
export type StatusReader = (bytes: Buffer) => Promise<ReadStatus>;
