// A debit that was collected and whose money the bank takes back: what it paid is undone, an adjustment where the day is
// sealed, its bills are open again with their own due dates, and credit that it left is taken out. Where that credit is
// spent, or something else has become of its payments, nothing is undone: it waits, and persons are asked (ask-return.ts).

import { lockBills } from '../../bills/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow, endAsked, lockAsked } from '../../approvals/index.ts';
import { endToEndIdOf, lockDebits, readDebitTerms, type Debit } from '../debits/index.ts';
import { LookAgain, moveByBanks, NOTHING_BOOKED, type Booked, type LotTools } from './book-lot.ts';
import type { WaitingWord } from './debit-word.ts';
import { refusal, retryFacts } from './give-up.ts';
import { claimWords, markBooked } from './store-booking.ts';
import { paymentsOf, type PaidBy } from './store-return.ts';
import { undoPayment } from './undo-payment.ts';

export interface Decided {
  readonly approvalId: Uuid;
  /** Done when all is locked that comes before credit. */
  readonly first: (debit: Debit, payments: readonly PaidBy[]) => Promise<void>;
}

/**
 * As `bookLot`, of one debit; locks the request about it before. Throws Refused `not-reversible` when what it paid cannot be undone
 * as things stand, and `PersonsDecide` when persons have not decided and have to.
 */
export async function bookReturn(
  tx: Tx,
  tools: LotTools,
  word: WaitingWord,
  decided?: Decided,
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
  const payments = await paymentsOf(tx, word);
  await decided?.first(debit, payments);
  const taken = {
    reference: endToEndIdOf(word.debitId),
    reason: ['returned by the bank', word.code].filter((each) => each !== null).join(': '),
    approvalId: decided?.approvalId,
  };
  for (const payment of payments) await undoPayment(tx, tools, debit, payment, taken);
  const at = await businessNow(tx);
  const facts = await retryFacts(tx, { biller, terms, debits: [debit], at });
  const move = refusal(debit, word, { to: 'returned', facts });
  await moveByBanks(tx, tools, [move], at);
  await markBooked(tx, [word], at);
  if (approvalId !== null)
    await endAsked(tx, { billerId, approvalId }, 'the return is booked: the credit is there');
  return { booked: 1, moves: [move] };
}
