// Remittances that lines prove, or bring back. What came back went out before: one that no line has proved yet is proved
// first, so that the bank account's balance follows the statement.

import type { Uuid } from '../../kernel/ids.ts';
import { showId } from '../../kernel/ids.ts';
import type { Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { endRemittances, type Ending } from '../../settlement/remittances/index.ts';
import type { RemittanceFact } from './facts.ts';
import type { LotNotes } from './lot-notes.ts';
import type { Planned } from './plan-lot.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Locks open days (shared) and remittances. A remittance that has moved on since it was read fails the lot, which is tried again. */
export async function placeRemittances(
  tx: Tx,
  out: readonly Planned<'remittance'>[],
  back: readonly Planned<'returned'>[],
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  const proves = new Map<Uuid, Ending>();
  for (const { line, plan } of out)
    if (plan.confirms) proves.set(plan.remittance.remittanceId, confirming(line, plan.remittance));
  for (const { line, plan } of back)
    if (plan.returns && plan.remittance.state === 'sent' && !proves.has(plan.remittance.remittanceId))
      proves.set(plan.remittance.remittanceId, confirming(line, plan.remittance));
  const proved = await endRemittances(tx, [...proves.values()], entries);
  const returns = back
    .filter(({ plan }) => plan.returns)
    .map(({ line, plan }) => returning(line, plan.remittance));
  const returned = await endRemittances(tx, returns, entries);
  for (const { line, plan } of out) {
    const { billerId, remittanceId, confirmJournal } = plan.remittance;
    const journalId = proved.get(remittanceId)?.journalId ?? confirmJournal;
    notes.place(line, 'remittance', { kind: 'remittance', billerId, subjectId: remittanceId, journalId });
  }
  for (const { line, plan } of back) {
    const { billerId, remittanceId, returnJournal } = plan.remittance;
    const journalId = returned.get(remittanceId)?.journalId ?? returnJournal;
    notes.place(line, 'returned', { kind: 'returned', billerId, subjectId: remittanceId, journalId });
  }
}

function confirming(line: WaitingLine, { billerId, remittanceId }: RemittanceFact): Ending {
  return { billerId, remittanceId, to: 'confirmed', reason: provedBy(line) };
}

function returning(line: WaitingLine, { billerId, remittanceId }: RemittanceFact): Ending {
  const why = line.returnReason === null ? '' : `${line.returnReason}, `;
  return { billerId, remittanceId, to: 'returned', reason: `${why}${provedBy(line)}` };
}

/** How a line of a statement is named to people. */
export function provedBy({ statementId, line }: Pick<WaitingLine, 'statementId' | 'line'>): string {
  return `statement ${showId('stm', statementId)} line ${line}`;
}
