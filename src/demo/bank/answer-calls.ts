// The demo bank's word on calls of its API: on a mandate, on a debit. The same call again is answered as before.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { behaviourOf, NOT_PROVED, outcomeOf } from './behaviour.ts';
import type { AskedDebit, BankBooks, HeldDebit } from './bank-books.ts';
import { become } from './carry-out.ts';

export interface BankWord {
  readonly outcome: 'validated' | 'collected' | 'refused' | 'returned' | 'pending';
  readonly code?: string;
  readonly text?: string;
  readonly bankReference?: string;
}

/** undefined: it never answers. */
export function answerMandate(account: string, requestId: string): BankWord | undefined {
  const { mandate } = behaviourOf(account);
  if (mandate === 'silent') return undefined;
  if (mandate === 'refused') return { outcome: 'refused', ...NOT_PROVED };
  return { outcome: 'validated', bankReference: `MB-${requestId.slice(-12).toUpperCase()}` };
}

/** undefined: it never answers. */
export function answerDebit(books: BankBooks, asked: AskedDebit, today: BusinessDate): BankWord | undefined {
  const debit = books.hear(asked, today);
  const behaviour = behaviourOf(debit.debtor);
  if (outcomeOf(behaviour, debit.nth) === 'silent') return undefined;
  if (debit.state === 'waiting' && behaviour.isLate === true) return { outcome: 'pending' };
  return decide(debit, today);
}

/** What its API says later, unasked: of a debit that it had put off, one that it says again, one that it took back. */
export function laterWord(debit: HeldDebit, today: BusinessDate): BankWord | undefined {
  const { isLate, isTwice, takesBack } = behaviourOf(debit.debtor);
  if (debit.debitId === null || debit.saidLater === debit.state) return undefined;
  if (debit.state === 'returned') return { outcome: 'returned', ...takesBack };
  return isLate === true || isTwice === true ? decide(debit, today) : undefined;
}

function decide(debit: HeldDebit, today: BusinessDate): BankWord {
  const outcome = outcomeOf(behaviourOf(debit.debtor), debit.nth);
  const bankReference = `DB-${debit.endToEndId.slice(-12)}`;
  if (outcome === 'collected' || outcome === 'silent') {
    if (debit.state === 'waiting') become(debit, 'collected', today);
    return { outcome: 'collected', bankReference };
  }
  if (debit.state === 'waiting') become(debit, 'refused', today);
  return { outcome: 'refused', ...outcome, bankReference };
}
