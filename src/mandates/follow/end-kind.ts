// What the operator's people decide about a debit that its bank has never answered (kind `debit-end`): it counts as refused, for
// one of them has asked the bank and another has seen it, and its bills are free again. What the bank says later contradicts
// that, and goes the way of all contradictions.

import { Type } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import { businessNow, type ApprovalKind } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, showId } from '../../kernel/ids.ts';
import { maskAccountsIn } from '../../kernel/mask-accounts.ts';
import { formatMinor, money } from '../../kernel/money.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import type { Tx } from '../../platform/db/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { lockDebits, moveDebits, noteWords, shownAccounts, type Debit } from '../debits/index.ts';
import { ANSWER_DAYS, answeredBy } from '../sending/index.ts';
import { markWordsBooked } from './store-acts.ts';

export const END_REQUEST = 'debit-end';
export const NO_ANSWER = 'no-answer';

export interface EndTools {
  readonly directory: Pick<Directory, 'current'>;
  /** Of each debit that is ended, with its cause. */
  readonly onGivenUp: (billerCode: string, cause: string) => void;
}

const read = partReader(
  Type.Object(
    {
      debitId: Type.String({ maxLength: 64 }),
      /** What the bank says, asked outside of Wasit. */
      reason: Type.String({ minLength: 1, maxLength: 500, pattern: WRITTEN_LINE }),
    },
    { additionalProperties: false },
  ),
  '/content',
);

export function endKind({ directory, onGivenUp }: EndTools): ApprovalKind {
  return {
    kind: END_REQUEST,
    askers: ['operator-admin', 'support'],

    async propose(tx, { billerId, content, isAgain }) {
      const { debitId, reason } = read(content);
      const debit = await lockDebit(tx, billerId, debitId);
      if (!isAgain) await checkUnanswered(tx, debit);
      const masked = maskAccountsIn(reason, (await shownAccounts(tx, [debit])).get(debit.debitId) ?? '');
      const { amountMinor, currency, collectOn, payerId } = debit;
      return {
        subject: `debit/${debitId}`,
        summary: `debit ${debitId} of ${formatMinor(amountMinor, currency)} ${currency} from payer ${payerId}, to be collected on ${collectOn}, has no answer of its bank, and counts as failed: ${masked}`,
        content: { debitId, reason: masked },
        amount: money(amountMinor, currency),
      };
    },

    async accepted(tx, { billerId, approvalId, content }, actor) {
      const { debitId } = read(content);
      const debit = await lockDebit(tx, billerId, debitId);
      await checkUnanswered(tx, debit);
      await end(tx, debit, actor.name);
      await recordAudit(tx, actor, {
        action: 'debit.end',
        subject: `debit/${debitId}`,
        after: { state: 'failed', why: NO_ANSWER, approval: showId('apr', approvalId) },
      });
      const { code } = directory.current.billersById.get(billerId) ?? {};
      return () => onGivenUp(code ?? String(billerId), NO_ANSWER);
    },
  };
}

/** The debit is locked. Refuses `approval-impossible` when its bank has said something meanwhile. */
async function end(tx: Tx, debit: Debit, actor: string): Promise<void> {
  const { billerId, debitId } = debit;
  const at = await businessNow(tx);
  const said = { verdict: 'rejected', code: null, text: null, bankReference: null } as const;
  const [noted] = await noteWords(tx, [{ billerId, debitId, ...said, source: `no answer: ${actor}` }], at);
  if (noted !== 'noted') throw impossible('it has an answer of its bank that is being worked through');
  await markWordsBooked(tx, debit, at);
  await moveDebits(tx, [{ debit, to: 'failed', why: NO_ANSWER, retryOn: null }], { actor, at });
}

async function lockDebit(tx: Tx, billerId: number, shownId: string): Promise<Debit> {
  const debitId = parseId('dbt', shownId);
  const [debit] = debitId === undefined ? [] : await lockDebits(tx, [{ billerId, debitId }]);
  if (debit === undefined) throw impossible(`there is no debit ${shownId}`);
  return debit;
}

/** Refuses what is not with a bank, and what may still be answered. */
async function checkUnanswered(tx: Tx, { billerId, state, collectOn }: Debit): Promise<void> {
  if (state !== 'sent') throw impossible(`the debit is ${state}`);
  const before = await answeredBy(tx, billerId);
  if (before === undefined || collectOn >= before)
    throw impossible(
      `it was to be collected on ${collectOn}: its bank has ${ANSWER_DAYS} working days to answer`,
    );
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}
