// What a day brings at the demo bank: debits of files are carried out, payers have their money back, and what was booked is
// to be told to creditors, whichever way it was asked for.

import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import { behaviourOf, outcomeOf } from './behaviour.ts';
import type { BankBooks, HeldDebit } from './bank-books.ts';

export interface BankNow {
  readonly at: Date;
  /** Of the bank. */
  readonly today: BusinessDate;
}

/** Days after which a payer has his money back. */
const BACK_AFTER_DAYS = 2;

/** `decided`: debits of files; `booked`: what was not told yet, of what was collected or taken back. */
export function carryOut(
  books: BankBooks,
  { today }: BankNow,
): { decided: HeldDebit[]; booked: HeldDebit[] } {
  for (const debit of books.debits) if (isBack(debit, today)) become(debit, 'returned', today);
  const decided = books.debits.filter((debit) => {
    if (debit.state !== 'waiting' || debit.orderMessageId === null || dayOf(debit) > today) return false;
    const outcome = outcomeOf(behaviourOf(debit.debtor), debit.nth);
    if (outcome !== 'silent') become(debit, outcome === 'collected' ? 'collected' : 'refused', today);
    return outcome !== 'silent';
  });
  const booked = books.debits.filter(
    ({ state, isNotified }) => !isNotified && (state === 'collected' || state === 'returned'),
  );
  for (const debit of booked) debit.isNotified = true;
  return { decided, booked };
}

/** It comes to this now; whether that is booked is to be told anew. */
export function become(debit: HeldDebit, state: HeldDebit['state'], on: BusinessDate): void {
  debit.state = state;
  debit.on = on;
  debit.isNotified = false;
}

function isBack({ state, on, debtor }: HeldDebit, today: BusinessDate): boolean {
  if (state !== 'collected' || behaviourOf(debtor).takesBack === undefined) return false;
  return addDays(on, BACK_AFTER_DAYS) <= today;
}

function dayOf({ debtor, collectOn }: HeldDebit): BusinessDate {
  return behaviourOf(debtor).isLate === true ? addDays(collectOn, 1) : collectOn;
}
