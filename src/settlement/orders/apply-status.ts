// Applies what a bank says of one order to its remittances: rejected ones come back, with a journal in the open day and
// an event; accepted ones are noted. What is not of this order, and what contradicts itself or what was said before, is
// told and not guessed.

import {
  outcomeOf,
  weighWords,
  type Answered,
  type OrderFile,
  type Said,
  type Standing,
} from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { endLocked, insertSteps, lockOpenDays, type OpenDay } from '../remittances/index.ts';
import { billersOfFile, lockOfFile, settledOfFile } from './store-sent.ts';

/** So begins the note of a word after which the bank cannot reject any more. */
export const SETTLED = 'the bank has carried it out: ';

/** The file is locked, and the open days of its billers; locks its remittances and balances. */
export async function applyStatus(tx: Tx, file: OrderFile, { statuses, at }: Said): Promise<Answered> {
  const days = await lockOpenDays(tx, await billersOfFile(tx, file.fileId));
  const remittances = await lockOfFile(tx, file.fileId);
  const settled = await settledOfFile(tx, file.fileId, SETTLED);
  const words = weighWords(file.messageId, statuses);
  const ids = new Set(remittances.map((each) => each.endToEndId));
  const tally = { accepted: 0, rejected: 0, undecided: 0, conflicts: [] as string[] };
  const unknown = [...words.unknown, ...[...words.named].filter((id) => !ids.has(id))];
  let rejected = remittances.filter(({ state }) => state === 'rejected').length;
  for (const remittance of remittances) {
    const said = words.of(remittance.endToEndId);
    if (said === null || (said !== 'contradiction' && said.verdict === 'partly')) continue;
    const day = days.get(remittance.billerId);
    if (day === undefined) throw new Error(`biller ${remittance.billerId} has no open business day`);
    const isConflict =
      said === 'contradiction' || contradicts(remittance, said, settled.has(remittance.remittanceId));
    if (isConflict) {
      tally.conflicts.push(remittance.endToEndId);
      continue;
    }
    const became = await applyTo(tx, remittance, said, { ...day, now: at });
    tally[became] += 1;
    if (became === 'rejected' && remittance.state !== 'rejected') rejected += 1;
  }
  return { outcome: outcomeOf({ ...tally, unknown }), rejected };
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
