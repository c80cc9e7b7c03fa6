// What persons decide that a line is, as a resolution of its break. In the transaction of the acceptance the line is locked
// and looked at once more: it is still a break, and what it is decided to be can still be so, else nothing happens.

import type { Actor } from '../../../access/index.ts';
import type { Approval } from '../../../approvals/index.ts';
import type { Json } from '../../../kernel/errors.ts';
import { showId } from '../../../kernel/ids.ts';
import { Entries, recordEntries } from '../../../ledger/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { businessNow, LANE } from '../../../settlement/remittances/index.ts';
import {
  impossible,
  openBreaks,
  type BookedJournal,
  type BreakKind,
  type FoundBreak,
  type Resolution,
  type StoredBreak,
} from '../../breaks/index.ts';
import { LotNotes } from '../lot-notes.ts';
import { findBroken, lockBroken, type Broken, type Undecided } from '../store-broken.ts';
import type { WaitingLine } from '../waiting-line.ts';

/** Money that came in, or that went out. */
export type Sign = 'credit' | 'debit';

/** As the break says its line (line-break.ts); what lies in suspense came in. */
export function isSigned({ kind, theirs }: Pick<StoredBreak, 'kind' | 'theirs'>, sign: Sign): boolean {
  if (kind === 'unplaced-deposit') return sign === 'credit';
  const minor =
    typeof theirs === 'object' && theirs !== null && 'amountMinor' in theirs && theirs.amountMinor;
  return typeof minor === 'string' && minor.startsWith('-') === (sign === 'debit');
}

/** Of an account of ours; else of an agency's own, where no money is ours to book. */
export function isOurs({ theirs }: Pick<StoredBreak, 'theirs'>): boolean {
  return (
    typeof theirs !== 'object' || theirs === null || !('accountId' in theirs) || theirs.accountId !== null
  );
}

/** One way to say what a line is. */
export interface Way<Content> {
  readonly name: string;
  readonly kinds: readonly BreakKind[];
  /** Of which lines; left out: either. */
  readonly sign?: Sign;
  /** On whose accounts; left out: ours. */
  readonly on?: 'ours' | 'agencys' | 'any';
  read(content: unknown): Content;
  /** One line for who decides; refuses what could not be done today. */
  says(tx: Tx, about: About<Content>): Promise<string>;
  /** Journals into `entries`, what the line is into `notes`. Refuses `approval-impossible`. */
  place(tx: Tx, deciding: Deciding<Content>): Promise<void>;
}

export interface About<Content> {
  readonly it: StoredBreak;
  /** Its amount is what nothing has been said of yet. */
  readonly line: WaitingLine;
  readonly content: Content;
}

export interface Deciding<Content> extends About<Content> {
  readonly notes: LotNotes;
  readonly entries: Entries;
  /** Of payments that it undoes. */
  readonly undone: BookedJournal[];
  readonly approval: Approval;
  readonly actor: Actor;
}

export function deciding<Content>(way: Way<Content>): Resolution<Content> {
  return {
    name: way.name,
    kinds: way.kinds,
    of: 'open',
    fits: (it) => isOnIts(way, it) && (way.sign === undefined || isSigned(it, way.sign)),
    read: (content) => way.read(content),

    async propose(tx, it, content) {
      if (!isOnIts(way, it))
        throw impossible(`a line of ${isOurs(it) ? 'our' : 'the agency’s own'} account is not this`);
      const { line } = still(await findBroken(tx, lineOf(it), undecided(it)));
      return way.says(tx, { it, line, content });
    },

    async carryOut(tx, { it, content, approval, actor }) {
      const { line, firstPart } = still(await lockBroken(tx, lineOf(it), undecided(it)));
      const { approvalId } = approval;
      const decided = { approvalId, firstPart, was: undecided(it) };
      const notes = new DecidedNotes(line.statementId, await businessNow(tx), decided);
      const entries = new Entries();
      const undone: BookedJournal[] = [];
      await way.place(tx, { it, line, content, notes, entries, undone, approval, actor });
      await openBreaks(tx, notes.breaks, notes.at);
      await notes.write(tx);
      await recordEntries(tx, entries, LANE);
      // Its own journals are the line's: what a line became is proved by its matches.
      return { journals: undone, told: { line: `${showId('stm', line.statementId)}:${line.line}` } };
    },
  };
}

function isOnIts({ on = 'ours' }: Pick<Way<unknown>, 'on'>, it: StoredBreak): boolean {
  return on === 'any' || isOurs(it) === (on === 'ours');
}

/** What cannot be placed as decided is refused, and stays the break that it is. */
class DecidedNotes extends LotNotes {
  override open(_line: WaitingLine, { ours }: FoundBreak): never {
    throw impossible(whyOf(ours));
  }
}

/** In the words of the rules, where they said it. */
export function whyOf(ours: Json): string {
  const why = typeof ours === 'object' && ours !== null && 'why' in ours ? ours.why : undefined;
  return typeof why === 'string' ? why : 'the line cannot be placed so';
}

/** The line that a break is about. Refuses `approval-impossible` when it is about none. */
export function lineOf({ statementId, line }: StoredBreak): Pick<WaitingLine, 'statementId' | 'line'> {
  if (statementId === null || line === null) throw impossible('the break is of no line of a statement');
  return { statementId, line };
}

/** Money of an unplaced deposit is booked already, in suspense. */
export function undecided({ kind }: StoredBreak): Undecided {
  return kind === 'unplaced-deposit' ? 'suspense' : 'break';
}

function still(broken: Broken | undefined): Broken {
  if (broken === undefined) throw impossible('the line has been placed meanwhile');
  return broken;
}
