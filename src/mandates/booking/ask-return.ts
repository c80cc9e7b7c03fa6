// A return that cannot be booked, for the payer has spent credit that the debit left him, stands in the work list of the
// operator's people (kind `debit-return`). Asked once; again when more of it is spent, or a day after they said no.

import { askApproval, endAsked, lockAsked } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import { showId } from '../../kernel/ids.ts';
import { formatMinor, money } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { WaitingWord } from './debit-word.ts';
import { lockAskedWord, noteAsked, requestOf, spentOf } from './store-return.ts';

export const RETURN_REQUEST = 'debit-return';

/** Locks the request before, the word. */
export async function askReturn(tx: Tx, { currency }: Biller, word: WaitingWord): Promise<void> {
  const { billerId, debitId, wordId, approvalId, code } = word;
  const before = approvalId === null ? [] : [{ billerId, approvalId }];
  await lockAsked(tx, before);
  const asked = await lockAskedWord(tx, word, wordId);
  if (asked?.approvalId !== approvalId) return;
  const minor = (await spentOf(tx, word)).reduce((sum, spent) => sum + spent.minor, 0n);
  if (minor === 0n) return;
  const [request] = before;
  const earlier = request && (await requestOf(tx, billerId, request.approvalId));
  if (request !== undefined && earlier !== undefined) {
    if (earlier.isOpen ? minor <= earlier.minor : !earlier.isLate) return;
    if (earlier.isOpen) await endAsked(tx, request, 'more of the credit is spent by now');
  }
  const id = showId('dbt', debitId);
  const amount = `${formatMinor(minor, currency)} ${currency}`;
  const made = await askApproval(tx, {
    billerId,
    kind: RETURN_REQUEST,
    reference: asked.asked === 0 ? id : `${id}:${asked.asked}`,
    askedBy: null,
    subject: `debit/${id}`,
    summary: `the bank took debit ${id} back${code === null ? '' : ` (${code})`}, and ${amount} of the credit that it left is spent: book the return, and ${amount} less for the agency`,
    content: { debitId: id },
    amount: money(minor, currency),
  });
  await noteAsked(tx, word, wordId, made.approvalId);
}
