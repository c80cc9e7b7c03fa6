// Credits of which nobody says what they are for: they lie in suspense, in the operator's own book, until a person decides.

import { accountOf, Entries, recordEntries } from '../../ledger/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { businessNow, LANE } from '../../settlement/remittances/index.ts';
import { openBreaks } from '../breaks/index.ts';
import { bookLine } from './book-line.ts';
import { lineBreak } from './line-break.ts';
import { LotNotes } from './lot-notes.ts';
import { lockThese } from './store-lot.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Lines of one statement, placed in one transaction; those that were placed meanwhile are left alone. */
export async function suspendCredits(database: Database, lines: readonly WaitingLine[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) return;
  await database.transaction(async (tx) => {
    const numbers = lines.map(({ line }) => line);
    const waiting = new Set(await lockThese(tx, first.statementId, numbers));
    const notes = new LotNotes(first.statementId, await businessNow(tx));
    const entries = new Entries();
    const found = lines
      .filter(({ line }) => waiting.has(line))
      .map((line) => {
        const against = accountOf('suspense', 0, line.currency);
        const journalId = bookLine(line, { kind: 'suspense', against, at: notes.at }, entries);
        notes.place(line, 'suspense', { kind: 'suspense', journalId });
        return lineBreak(line, 'unplaced-deposit', { candidates: [] });
      });
    await openBreaks(tx, found, notes.at);
    await notes.write(tx);
    await recordEntries(tx, entries, LANE);
  });
}
