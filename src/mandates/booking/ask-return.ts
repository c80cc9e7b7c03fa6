// A return that cannot be booked, for the payer has spent credit that the debit left him, or something else has become of what it
// paid, stands in the work list of the operator's people (kind `debit-return`). Asked once; again when it is another by now,
// or a day after they said no.

import { isDeepStrictEqual } from 'node:util';
import { askApproval, endAsked, lockAsked } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import { showId } from '../../kernel/ids.ts';
import { formatMinor, money, type Money } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { WaitingWord } from './debit-word.ts';
import {
  lockAskedWord,
  noteAsked,
  paymentsOf,
  requestOf,
  spentOf,
  STANDINGS,
  type PaidBy,
  type Standing,
} from './store-return.ts';

export const RETURN_REQUEST = 'debit-return';

/** Locks the request before, the word. */
export async function askReturn(tx: Tx, { currency }: Biller, word: WaitingWord): Promise<void> {
  const { billerId, debitId, wordId, approvalId, code } = word;
  const before = approvalId === null ? [] : [{ billerId, approvalId }];
  await lockAsked(tx, before);
  const asked = await lockAskedWord(tx, word, wordId);
  if (asked?.approvalId !== approvalId) return;
  const minor = (await spentOf(tx, word)).reduce((sum, spent) => sum + spent.minor, 0n);
  const standings = standingsOf(await paymentsOf(tx, word));
  if (minor === 0n && standings.length === 0) return;
  const [request] = before;
  const earlier = request && (await requestOf(tx, billerId, request.approvalId));
  if (request !== undefined && earlier !== undefined) {
    const isSame = isDeepStrictEqual(seenBy(earlier.content), standings) && minor <= earlier.minor;
    if (earlier.isOpen ? isSame : !earlier.isLate) return;
    if (earlier.isOpen) await endAsked(tx, request, 'it is another by now');
  }
  const id = showId('dbt', debitId);
  const amount = minor === 0n ? undefined : money(minor, currency);
  const made = await askApproval(tx, {
    billerId,
    kind: RETURN_REQUEST,
    reference: asked.asked === 0 ? id : `${id}:${asked.asked}`,
    askedBy: null,
    subject: `debit/${id}`,
    summary: `the bank took debit ${id} back${code === null ? '' : ` (${code})`}${summaryOf(standings, amount)}`,
    content: { debitId: id, ...(standings.length > 0 && { standings }) },
    ...(amount !== undefined && { amount }),
  });
  await noteAsked(tx, word, wordId, made.approvalId);
}

const SAYS: Readonly<Record<Standing, string>> = {
  absorbed: 'a dispute has left it to the operator to bear: what it paid stays paid',
  rejected:
    'its agency had rejected bills of it, whose money is credit: that is the agency’s again, and the whole is undone',
  refunded: 'a dispute has given it to the payer as credit: that is taken out again',
};

function summaryOf(standings: readonly Standing[], amount: Money | undefined): string {
  const also = standings.map((standing) => `; ${SAYS[standing]}`).join('');
  if (amount === undefined) return also;
  const shown = `${formatMinor(amount.minor, amount.currency)} ${amount.currency}`;
  return `, and ${shown} of the credit that it left is spent: book the return, and ${shown} less for the agency${also}`;
}

/** What has become of what it paid, each once. */
export function standingsOf(payments: readonly PaidBy[]): Standing[] {
  return STANDINGS.filter((standing) => payments.some((each) => each.standing === standing));
}

/** What persons were told of that, by the content of their request. */
export function seenBy(content: object): readonly string[] {
  return 'standings' in content && Array.isArray(content.standings) ? content.standings.map(String) : [];
}
