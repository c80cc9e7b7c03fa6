// A kind of order to banks, with what only it knows of its files: whether they may still go, and what follows when a bank
// has one or answers one. The roots hand the kinds in (src/order-kinds.ts), so that this room knows none.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { AnswerOutcome } from './bank-answer.ts';
import type { OrderStatus } from './order-status.ts';

export interface OrderFile {
  readonly fileId: Uuid;
  readonly kind: string;
  readonly messageId: string;
  /** To whose place it goes. */
  readonly bankId: number;
  /** The operator's account that it is about; null: none. */
  readonly accountId: number | null;
  readonly transactions: number;
  /** `made`: the bank cannot have it; `offered`: it may, and that is not noted yet; `told`: it has, and it is. */
  readonly stands: 'made' | 'offered' | 'told';
}

/**
 * `stays`: what is in it has changed, a person has to look. `withdrawn`: the kind has taken out all that stood in it, in
 * this transaction, to put it elsewhere; the file never goes. Only of one that was `made`: the bank may have the others.
 */
export type Leave = { readonly to: 'go' } | { readonly to: 'stays' | 'withdrawn'; readonly reason: string };

/** What a bank has said of one order in one file, and the time of what follows: behind what `handedOver` told. */
export interface Said {
  readonly statuses: readonly OrderStatus[];
  readonly at: Date;
}

export interface Answered {
  readonly outcome: AnswerOutcome;
  /** So many transactions of the file stand rejected by now, by this answer and those before. */
  readonly rejected: number;
}

/** Everything is in the caller's transaction, in which the file is locked; it locks what stands in the file after it. */
export interface OrderKind {
  /** `order_file.kind`. */
  readonly kind: string;
  /** Asked last of all before the bank can have the file, again after every attempt that failed. */
  leaveOf(tx: Tx, file: OrderFile): Promise<Leave>;
  /** The bank has it: told once for each file, before anything that the bank answers to it. */
  handedOver(tx: Tx, file: OrderFile, at: Date): Promise<void>;
  /** The message ids of the orders in which these transactions stand, by their ids; for banks that name no order. */
  ordersOf?(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Locks what has to be locked before the contents of a file that is answered; nothing by default. */
  lockForAnswer?(tx: Tx, file: OrderFile): Promise<void>;
  /**
   * Once for each answer about the file. Answers come in parts and in any order, say again what was said, contradict
   * it, and name what is not in the file. It is one short transaction: a kind with large files writes down what was
   * said, which it knows how to compare with what was said before, and works on it in steps of its own.
   */
  answered(tx: Tx, file: OrderFile, said: Said): Promise<Answered>;
}

/** By name. */
export type OrderKinds = ReadonlyMap<string, OrderKind>;

/** Throws where the program that made the file knew more kinds than this one: it is left to that one. */
export function kindOf(kinds: OrderKinds, { kind, messageId }: OrderFile): OrderKind {
  const found = kinds.get(kind);
  if (found === undefined) throw new Error(`order ${messageId} is a ${kind}, of which nothing is known here`);
  return found;
}
