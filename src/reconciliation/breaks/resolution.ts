// How a break may end, as data: each part of the room that finds breaks says what can be done about them, and registers it
// in a table (table.ts). One person asks, another approves, and then it is carried out, whole, in the transaction of the
// approval: journals dated in the open day, history left as it is.

import type { Actor } from '../../access/index.ts';
import type { Approval } from '../../approvals/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { BreakKind } from './break.ts';
import type { StoredBreak } from './store-break.ts';

/** `Content`: what it is told beside its name. */
export interface Resolution<Content = unknown, Prepared = unknown> {
  readonly name: string;
  /** Of which breaks. */
  readonly kinds: readonly BreakKind[];
  /** `open`: it ends the break; `suspense`: it takes out what an earlier resolution wrote to suspense. */
  readonly of: 'open' | 'suspense';
  /** Whether such a break may end by it at all, as far as the break itself says; left out: every one of its kinds. */
  readonly fits?: (it: StoredBreak) => boolean;
  /** Refuses (Refused, Malformed) what it cannot read. */
  read(content: unknown): Content;
  /** One line for who decides. Refuses what could not be done today. `prepared`: left out where a request is only changed. */
  propose(tx: Tx, it: StoredBreak, content: Content, prepared?: Prepared): Promise<string>;
  /** Outside any transaction, before it is asked for and before the last acceptance: calls over the network. */
  prepare?(it: StoredBreak, content: Content): Promise<Prepared>;
  /** Throws Refused when it can be done no more: then nothing changes. The break is locked. */
  carryOut(tx: Tx, carrying: Carrying<Content, Prepared>): Promise<CarriedOut>;
}

export interface Carrying<Content = unknown, Prepared = unknown> {
  readonly it: StoredBreak;
  readonly content: Content;
  readonly approval: Approval;
  readonly actor: Actor;
  readonly prepared: Prepared | undefined;
}

export interface CarriedOut {
  readonly journals: readonly BookedJournal[];
  /** For the break's history and the audit log. */
  readonly told?: Readonly<Record<string, string>>;
}

/** A journal that it made, or that what it brought about made. */
export interface BookedJournal {
  /** Whose book. */
  readonly billerId: number;
  readonly journalId: Uuid;
  readonly currency: string;
  /** What went into suspense of that book; negative: came out of it. */
  readonly suspenseMinor: bigint;
  /** The payment that was made or undone. */
  readonly paymentId?: Uuid;
}

export type Resolutions = readonly Resolution[];
