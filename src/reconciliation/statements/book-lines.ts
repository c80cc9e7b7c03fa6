// Journals that a line makes by itself, in the operator's own book: charges of the bank, money of which nobody knows whose
// it is, and what the bank takes back of either.

import { accountOf, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { takeBackFromChannel } from '../position/index.ts';
import { endBreaks } from '../breaks/index.ts';
import { bookLine } from './book-line.ts';
import type { LotNotes } from './lot-notes.ts';
import type { Planned } from './plan-lot.ts';
import { lineBreak } from './line-break.ts';
import { noteReceived, transferOf } from './place-transfers.ts';
import { lyingInSuspense } from './store-placed.ts';
import type { WaitingLine } from './waiting-line.ts';

const MOVED = 'the bank takes back money that lies in suspense no more';

/** A charge, or one given back. */
export function bookCharges(planned: readonly Planned<'charge'>[], entries: Entries, notes: LotNotes): void {
  for (const { line } of planned) {
    const charges = accountOf('bank/charges', 0, line.currency);
    const journalId = bookLine(line, { kind: 'bank-charge', against: charges, at: notes.at }, entries);
    notes.place(line, 'charge', { kind: 'charge', journalId });
  }
}

/** By the mirror of the journal that brought it there. */
export function leaveSuspense(line: WaitingLine, entries: Entries, notes: LotNotes): void {
  const out = { ...line, amountMinor: -line.amountMinor };
  const against = accountOf('suspense', 0, line.currency);
  const journalId = bookLine(out, { kind: 'suspense', against, at: notes.at }, entries);
  notes.match(line, { kind: 'out-of-suspense', amountMinor: out.amountMinor, journalId });
}

/** What lies in suspense no more has been used by somebody, and a person decides. */
export async function reverseLines(
  tx: Tx,
  planned: readonly Planned<'reversed'>[],
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  for (const { line, plan } of planned) {
    const { outcome, channelId, statementId: subjectId, line: subjectLine } = plan.original;
    const kind = 'takes-back';
    if (outcome === 'channel' && channelId !== null) {
      const taken = await takeBackFromChannel(tx, transferOf(line, channelId, notes.at), entries);
      const as = { outcome: 'reversed', subjectId, subjectLine } as const;
      noteReceived(line, channelId, taken, as, notes);
    } else if (outcome === 'charge') {
      const against = accountOf('bank/charges', 0, line.currency);
      const journalId = bookLine(line, { kind: 'bank-charge', against, at: notes.at }, entries);
      notes.place(line, 'reversed', { kind, subjectId, subjectLine, journalId });
    } else {
      const lying = await lyingInSuspense(tx, subjectId, subjectLine);
      if (lying === undefined) {
        const ours = { why: MOVED, statementId: subjectId, line: subjectLine };
        notes.open(line, lineBreak(line, 'unplaced-line', ours));
        continue;
      }
      const against = accountOf('suspense', 0, line.currency);
      const journalId = bookLine(line, { kind: 'suspense', against, at: notes.at }, entries);
      notes.place(line, 'reversed', { kind, subjectId, subjectLine, journalId });
      await endBreaks(tx, lying.billerId, [lying.key], notes.at);
    }
  }
}
