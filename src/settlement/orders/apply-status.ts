// Applies one status report of a bank to the remittances of its order: rejected ones come back, with a journal in the
// open day and an event; accepted ones are noted. What is not of this order is told and not guessed.

import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { endLocked, insertSteps, lockOpenDays, type OpenDay } from '../remittances/index.ts';
import type { AnswerOutcome } from './bank-answer.ts';
import type { OrderStatus, Standing } from './order.ts';
import { setOrderState, type OrderFile } from './store-answered.ts';
import { lockOfFile } from './store-order-file.ts';

/** Locks the open days of the order's billers (shared), its remittances and balances. */
export async function applyStatus(
  tx: Tx,
  file: OrderFile,
  status: OrderStatus,
): Promise<Partial<AnswerOutcome>> {
  const days = await lockOpenDays(tx, file.billerIds);
  const remittances = await lockOfFile(tx, file.fileId);
  const said = standingsOf(status);
  const ids = new Set(remittances.map((each) => each.endToEndId));
  const tally = { accepted: 0, rejected: 0, undecided: 0, conflicts: [] as string[] };
  const unknown = [...said.byTransfer.keys()].filter((id) => !ids.has(id));
  for (const remittance of remittances) {
    const standing = said.byTransfer.get(remittance.endToEndId) ?? said.whole;
    if (standing === null || standing.verdict === 'partly') continue;
    const day = days.get(remittance.billerId);
    if (day === undefined) throw new Error(`biller ${remittance.billerId} has no open business day`);
    const became = await applyTo(tx, remittance, standing, day);
    if (became === 'conflict') tally.conflicts.push(remittance.endToEndId);
    else tally[became] += 1;
  }
  if (tally.accepted + tally.rejected > 0) await setOrderState(tx, file.fileId);
  if (said.hasNameless) unknown.push(`${status.orderMessageId}: a transfer without its end-to-end id`);
  return { ...tally, unknown };
}

/** The most particular word counts: of the transfer, else of its payment block, else of the whole order. */
function standingsOf({ whole, payments }: OrderStatus) {
  const byTransfer = new Map<string, Standing>();
  let hasNameless = false;
  for (const { endToEndId, standing } of payments.flatMap((payment) => payment.transfers)) {
    if (endToEndId === null) hasNameless = true;
    else byTransfer.set(endToEndId, standing);
  }
  // An order of ours has one payment block.
  const block = payments.find((payment) => payment.whole !== null)?.whole ?? null;
  return { byTransfer, hasNameless, whole: block ?? whole };
}

async function applyTo(
  tx: Tx,
  remittance: Remittance,
  standing: Standing,
  day: OpenDay,
): Promise<'accepted' | 'rejected' | 'undecided' | 'conflict'> {
  const { billerId, remittanceId, state } = remittance;
  const reason = [standing.code, ...standing.reasons].join(': ').slice(0, 500);
  if (standing.verdict === 'rejected') {
    if (state === 'rejected') return 'rejected';
    if (state !== 'sent') return 'conflict';
    await endLocked(tx, remittance, { to: 'rejected', reason }, day);
    return 'rejected';
  }
  await insertSteps(tx, [
    { billerId, remittanceId, state, reason: `the bank says ${reason}`, journalId: null, at: day.now },
  ]);
  return standing.verdict === 'accepted' ? 'accepted' : 'undecided';
}
