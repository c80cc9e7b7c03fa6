// The total of a file of debits on the agency's own account: when its dates are closed it proves what all of them have paid.

import type { Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockOpenDay } from '../../settlement/remittances/index.ts';
import { endBreaks } from '../breaks/index.ts';
import { bookProofs } from './book-proofs.ts';
import type { DebitFileFact } from './facts.ts';
import type { LotNotes } from './lot-notes.ts';
import { provedParts } from './prove-direct.ts';
import { daysAgo, WAIT_DAYS } from './store-age.ts';
import { liveDebits } from './store-debits.ts';
import { directPartsOfFile } from './store-direct-parts.ts';
import { openDates } from './store-direct.ts';
import type { WaitingLine } from './waiting-line.ts';

/** No file has more (mandates/sending). */
const MOST_OF_FILE = 10_000;

/** The bank's word has been noted of each; the line waits while nothing is closed. Locks the open day (shared) and the dates. */
export async function proveTotal(
  tx: Tx,
  line: WaitingLine & { readonly billerId: number },
  { fileId }: DebitFileFact,
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  const { billerId } = line;
  const day = await lockOpenDay(tx, billerId);
  const { paid } = await directPartsOfFile(tx, fileId);
  const proofs = provedParts(await openDates(tx, billerId, [], paid), paid, line.amountMinor);
  const ages = await daysAgo(tx, [line.bookedOn]);
  if (proofs === undefined && (ages.get(line.bookedOn) ?? 0) <= WAIT_DAYS) return;
  const all = await liveDebits(tx, fileId, { unsaid: false, limit: MOST_OF_FILE });
  const about = all.map(({ channelId, debitId, amountMinor }) => {
    return { kind: 'debit-total', channelId, subjectId: debitId, amountMinor };
  });
  if (proofs === undefined) return notes.place(line, 'other', ...about);
  const { found, whole } = await bookProofs(tx, { billerId, day }, line, proofs, entries);
  notes.place(line, 'direct', ...about, ...found);
  await endBreaks(tx, billerId, whole, notes.at);
}
