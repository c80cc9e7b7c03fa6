// A person ends a debit that its bank has never answered: it counts as refused, for the operator has asked the bank, and its
// bills are free again. What the bank says later contradicts that, and goes the way of all contradictions.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { billerOf, parseId } from '../../kernel/ids.ts';
import { lockDebits, moveDebits, noteWords } from '../debits/index.ts';
import { ANSWER_DAYS, answeredBy } from '../sending/index.ts';
import type { FollowTools } from './show-debit.ts';
import { markWordsBooked } from './store-acts.ts';

export const NO_ANSWER = 'no-answer';

/** Refuses what is not with a bank, what may still be answered, and what its bank has said more of than that it accepts it. */
export async function endUnanswered(
  { database }: Pick<FollowTools, 'database'>,
  shownId: string,
  actor: Actor,
): Promise<Outcome<{ debitId: string; state: 'failed' }>> {
  const debitId = parseId('dbt', shownId);
  const refuse = (reason: string) => ({ ok: false, reason: `${shownId} ${reason}` }) as const;
  if (debitId === undefined) return refuse('is no debit');
  const billerId = billerOf(debitId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const [debit] = await lockDebits(tx, [{ billerId, debitId }]);
    const before = await answeredBy(tx, billerId);
    if (debit === undefined || before === undefined) return refuse('is no debit');
    if (debit.state !== 'sent') return refuse(`is ${debit.state}`);
    if (debit.collectOn >= before)
      return refuse(
        `was to be collected on ${debit.collectOn}: its bank has ${ANSWER_DAYS} working days to answer`,
      );
    const at = await businessNow(tx);
    const word = { billerId, debitId, verdict: 'rejected', code: null, text: null } as const;
    const [noted] = await noteWords(
      tx,
      [{ ...word, bankReference: null, source: `no answer: ${actor.name}` }],
      at,
    );
    if (noted !== 'noted') return refuse('has an answer of its bank that is being worked through');
    await markWordsBooked(tx, debit, at);
    await moveDebits(tx, [{ debit, to: 'failed', why: NO_ANSWER, retryOn: null }], { actor: actor.name, at });
    const subject = `debit ${shownId}`;
    await recordAudit(tx, actor, {
      action: 'debit.end',
      subject,
      after: { state: 'failed', why: NO_ANSWER },
    });
    return { ok: true, value: { debitId: shownId, state: 'failed' } };
  });
}
