// What somebody asks for and others decide, and what a kind of request has to know how to do. Rooms above give the
// kinds; a root hands the list of them to the routes. Remember: `accepted` runs in the transaction of the last
// acceptance, so what was approved is done, or the acceptance itself is refused.

import type { Actor, Person, Role } from '../access/index.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Money } from '../kernel/money.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ApprovalState } from './states.ts';

export interface Approval {
  readonly approvalId: Uuid;
  /** 0: the operator's own. */
  readonly billerId: number;
  readonly kind: string;
  readonly reference: string;
  /** What it is about, as the audit log names things: `channel/agent-net`. */
  readonly subject: string;
  /** One line for who decides. */
  readonly summary: string;
  /** What would be done. Keys that begin with `sealed` are never shown. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly amount?: Money;
  readonly state: ApprovalState;
  /** Persons who have to accept, one after the other. */
  readonly steps: number;
  /** Whose turn it is, from 1. */
  readonly step: number;
  /** From 1; one more each time it is sent again after a return. */
  readonly round: number;
  /** null: the system asks. */
  readonly askedBy: Uuid | null;
  readonly askedAt: Date;
  readonly decidedAt?: Date;
}

export interface Ask extends Proposal {
  readonly billerId: number;
  readonly kind: string;
  readonly reference: string;
  readonly askedBy: Uuid | null;
  /** Of what the system asks: so many persons at least; without it two, since nobody has looked at it yet. */
  readonly atLeast?: number;
}

/** What would be done, in the kind's own words. */
export interface Proposal {
  readonly subject: string;
  readonly summary: string;
  readonly content: object;
  readonly amount?: Money;
}

/** Raises counters of the process; never throws. */
export type Counting = () => void;

/** Who decided, and what he said. */
export interface Said {
  readonly person: Person;
  readonly actor: Actor;
  readonly comment?: string | undefined;
}

/** `Prepared`: what it finds out before the last acceptance, and then goes by. */
export interface ApprovalKind<Prepared = unknown> {
  readonly kind: string;
  /** Roles that may accept, reject and return; without it the operator's admins. Those of an agency: its own only. */
  readonly deciders?: readonly Role[];
  /** Roles that may ask through the API; without it nobody, the program asks by itself. */
  readonly askers?: readonly Role[];
  /** The biller's own request, or the operator's; without it the biller's. */
  readonly owner?: 'biller' | 'operator';
  /** An evidence file must be attached before anybody can accept. */
  readonly needsAttachment?: boolean;
  /** Outside any transaction, before `propose`: the place for calls over the network. */
  beforeProposal?(wish: Wish): Promise<void>;
  /**
   * Reads what a person asks for, before it is asked and when it is changed after a return. Throws Refused when it is
   * malformed or could not be done today.
   */
  propose?(tx: Tx, wish: Wish): Promise<Proposal>;
  /** Outside any transaction, before the acceptance that is the last: the place for calls over the network. */
  beforeLast?(approval: Approval): Promise<Prepared>;
  /**
   * In the transaction of the last acceptance. Throws Refused when it can no longer be done: then nothing changes.
   * `prepared`: of this round of the request; undefined where the kind has nothing to prepare. Gives what is counted of
   * it once the transaction is committed, where something is.
   */
  accepted(
    tx: Tx,
    approval: Approval,
    actor: Actor,
    prepared?: Prepared,
    person?: Person,
  ): Promise<void | Counting>;
  /** Rejected or withdrawn; in the same transaction. `said`: by whom it was rejected. */
  ended?(tx: Tx, approval: Approval, said?: Said): Promise<void>;
  /**
   * With it a request that the system asked may be returned: it ends, and what it was about goes back to be corrected. In the
   * same transaction.
   */
  returned?(tx: Tx, approval: Approval, said: Said): Promise<void>;
  /** Outside any transaction, after an error of `accepted`: true when its cause is gone and it is to be tried again. */
  mend?(error: unknown): Promise<boolean>;
}

export interface Wish {
  readonly billerId: number;
  readonly reference: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly person: Person;
  /** There is a request under this reference already: only what is asked counts, not whether it could be done today. */
  readonly isAgain: boolean;
}
