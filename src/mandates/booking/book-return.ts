// A debit that was collected and whose money the bank takes back: what it paid is undone, an adjustment where the day is
// sealed, its bills are open again with their own due dates, and credit that it left is taken out. Where that credit is
// spent nothing is undone: it waits, and persons are asked (ask-return.ts).

import { lockBills } from '../../bills/index.ts';
import { Refused } from '../../kernel/errors.ts';
import { undoByDecision } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow, endAsked, lockAsked } from '../../approvals/index.ts';
import { endToEndIdOf, lockDebits, readDebitTerms } from '../debits/index.ts';
import { LookAgain, moveByBanks, NOTHING_BOOKED, type Booked, type LotTools } from './book-lot.ts';
import type { WaitingWord } from './debit-word.ts';
import { refusal, retryFacts } from './give-up.ts';
import { claimWords, markBooked, paymentsOf } from './store-booking.ts';

/**
 * As `bookLot`, of one debit; locks the request about it before. Throws Refused `not-reversible` when what it paid cannot be undone
 * as things stand. `before`: what persons have decided, done when all is locked that comes before credit.
 */
export async function bookReturn(
  tx: Tx,
  tools: LotTools,
  word: WaitingWord,
  before?: () => Promise<void>,
): Promise<Booked> {
  const { approvalId } = word;
  if (approvalId !== null) await lockAsked(tx, [{ ...word, approvalId }]);
  if ((await claimWords(tx, [word])).size === 0) return NOTHING_BOOKED;
  const { billerId } = word;
  const biller = tools.directory.current.billersById.get(billerId);
  const terms = await readDebitTerms(tx, billerId);
  if (terms === undefined || biller === undefined) throw new Error(`biller ${billerId} collects no debits`);
  await lockBills(
    tx,
    word.bills.map(({ billNumber }) => ({ billerId, billNumber })),
  );
  // Before the balances, which whoever notes words beside a statement's line locks behind the debits.
  const [debit] = await lockDebits(tx, [word]);
  if (debit?.state !== 'collected') throw new LookAgain();
  await before?.();
  for (const paymentId of await paymentsOf(tx, word)) {
    const reason = ['returned by the bank', word.code].filter((each) => each !== null).join(': ');
    await undoByDecision(tx, tools, { paymentId, reference: endToEndIdOf(word.debitId), reason }).catch(
      passOverUndone,
    );
  }
  const at = await businessNow(tx);
  const facts = await retryFacts(tx, { biller, terms, debits: [debit], at });
  const move = refusal(debit, word, { to: 'returned', facts });
  await moveByBanks(tx, tools, [move], at);
  await markBooked(tx, [word], at);
  if (approvalId !== null)
    await endAsked(tx, { billerId, approvalId }, 'the return is booked: the credit is there');
  return { booked: 1, moves: [move] };
}

/** Somebody has undone it before: its bills are open, its money is given back. */
function passOverUndone(error: unknown): void {
  if (!isRefusedFor(error, 'reversed-already')) throw error;
}

/** The payer has used what the debit left him. */
export function isCreditSpent(error: unknown): boolean {
  return isRefusedFor(error, 'credit-used');
}

function isRefusedFor(error: unknown, reason: string): boolean {
  return (
    error instanceof Refused &&
    error.refusal.code === 'not-reversible' &&
    error.refusal.facts?.['reason'] === reason
  );
}
