// What a bank said of a debit that it was called for, or that it speaks of by itself: the debit is with the bank, and its word
// is noted. What follows is booked in steps of its own.

import { businessNow } from '../../approvals/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  lockDebits,
  moveDebits,
  noteWords,
  type DebitRef,
  type Noted,
  type WordVerdict,
} from '../debits/index.ts';
import type { BankSaid } from './read-answer.ts';

export type DebitOutcome = 'collected' | 'accepted' | 'refused' | 'returned' | 'pending';

const VERDICTS: Readonly<Record<Exclude<DebitOutcome, 'pending'>, WordVerdict>> = {
  collected: 'settled',
  accepted: 'accepted',
  refused: 'rejected',
  returned: 'returned',
};

/** Locks the debit. `conflict`: it contradicts what was said, or the bank should not have it; nothing is noted. */
export async function noteSaid(
  tx: Tx,
  ref: DebitRef,
  { outcome, code, text, bankReference }: BankSaid<DebitOutcome>,
  bankCode: string,
): Promise<Noted> {
  const [debit] = await lockDebits(tx, [ref]);
  if (debit === undefined || debit.way === null) return 'conflict';
  const now = await businessNow(tx);
  const isNew = debit.state === 'built';
  if (isNew)
    await moveDebits(tx, [{ debit, to: 'sent', bankReference }], { actor: `bank ${bankCode}`, at: now });
  if (outcome === 'pending') return isNew ? 'noted' : 'known';
  // Behind what was told just now.
  const at = isNew ? new Date(now.getTime() + 1) : now;
  const word = { ...ref, verdict: VERDICTS[outcome], code, text, bankReference, source: 'api' };
  const [noted = 'conflict'] = await noteWords(tx, [word], at);
  return noted;
}
