// Applies what a bank says of one order to its remittances: rejected ones come back, with a journal in the open day and
// an event; accepted ones are noted. What is not of this order, and what contradicts itself or what was said before, is
// told and not guessed.

import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { businessNow, endLocked, insertSteps, lockOpenDays, type OpenDay } from '../remittances/index.ts';
import { outcomeOf, type AnswerOutcome } from './bank-answer.ts';
import { noteTold } from './note-told.ts';
import type { OrderStatus, Standing } from './order.ts';
import { setOrderState, settledOfFile, type OrderFile } from './store-answered.ts';
import { lockOfFile } from './store-order-file.ts';
import { weighWords } from './weigh-words.ts';

/** So begins the note of a word after which the bank cannot reject any more. */
export const SETTLED = 'the bank has carried it out: ';

/**
 * Locks the open days of the order's billers (shared), its remittances and balances; its file is locked. Whoever answers
 * has the order, if it was offered; of one that never was nothing is believed.
 */
export async function applyStatus(
  tx: Tx,
  file: OrderFile,
  statuses: readonly OrderStatus[],
): Promise<AnswerOutcome> {
  if (file.stands === 'made') return outcomeOf({ conflicts: [file.messageId] });
  const days = await lockOpenDays(tx, file.billerIds);
  const now = await tellFirst(tx, file);
  const remittances = await lockOfFile(tx, file.fileId);
  const settled = await settledOfFile(tx, file.fileId, SETTLED);
  const words = weighWords(file.messageId, statuses);
  const ids = new Set(remittances.map((each) => each.endToEndId));
  const tally = { accepted: 0, rejected: 0, undecided: 0, conflicts: [] as string[] };
  const unknown = [...words.unknown, ...[...words.named].filter((id) => !ids.has(id))];
  for (const remittance of remittances) {
    const said = words.of(remittance.endToEndId);
    if (said === null || (said !== 'contradiction' && said.verdict === 'partly')) continue;
    const day = days.get(remittance.billerId);
    if (day === undefined) throw new Error(`biller ${remittance.billerId} has no open business day`);
    const isConflict =
      said === 'contradiction' || contradicts(remittance, said, settled.has(remittance.remittanceId));
    if (isConflict) tally.conflicts.push(remittance.endToEndId);
    else tally[await applyTo(tx, remittance, said, { ...day, now })] += 1;
  }
  if (tally.accepted + tally.rejected > 0) await setOrderState(tx, file.fileId);
  return outcomeOf({ ...tally, unknown });
}

/** Notes the hand-over, where that is missing. The time of what follows: behind what agencies are told by it. */
async function tellFirst(tx: Tx, file: OrderFile): Promise<Date> {
  if (file.stands === 'offered') await noteTold(tx, file.fileId, 'the bank answered before it was noted');
  const now = await businessNow(tx);
  return file.stands === 'offered' ? new Date(now.getTime() + 1) : now;
}

/** Whether it goes against what has become of the transfer, or what the bank has said of it before. */
function contradicts({ state }: Remittance, { verdict }: Standing, wasSettled: boolean): boolean {
  if (verdict === 'settled') return state === 'rejected';
  if (verdict !== 'rejected' || state === 'rejected') return false;
  return state !== 'sent' || wasSettled;
}

async function applyTo(
  tx: Tx,
  remittance: Remittance,
  { verdict, code, reasons }: Standing,
  day: OpenDay,
): Promise<'accepted' | 'rejected' | 'undecided'> {
  const { billerId, remittanceId, state } = remittance;
  const words = [code, ...reasons].join(': ');
  if (verdict === 'rejected') {
    if (state !== 'rejected')
      await endLocked(tx, remittance, { to: 'rejected', reason: words.slice(0, 500) }, day);
    return 'rejected';
  }
  const reason = `${verdict === 'settled' ? SETTLED : 'the bank says '}${words.slice(0, 500)}`;
  await insertSteps(tx, [{ billerId, remittanceId, state, reason, journalId: null, at: day.now }]);
  return verdict === 'accepted' || verdict === 'settled' ? 'accepted' : 'undecided';
}
