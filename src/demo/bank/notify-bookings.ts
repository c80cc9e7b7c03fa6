// The demo bank's notification of what it has booked for creditors, as camt.054: each debit that was collected, and each that
// was taken back, one entry.

import { behaviourOf } from './behaviour.ts';
import type { BankBooks, HeldDebit } from './bank-books.ts';
import { grouped } from './grouped.ts';
import type { WrittenFile } from './places.ts';
import { writeNotification, type Booking } from '../write-statement.ts';

/** One for each account. What stands in it is what the debits have come to by now. */
export function notifyBookings(books: BankBooks, debits: readonly HeldDebit[], at: Date): WrittenFile[] {
  const accounts = grouped(debits, ({ creditor, currency }) => `${creditor} ${currency}`);
  return [...accounts.values()].flatMap((booked) => {
    const [first] = booked;
    if (first === undefined) return [];
    const reference = `DEMO-${books.nextMessage()}-${first.on}`;
    const bytes = writeNotification({
      reference,
      account: first.creditor,
      currency: first.currency,
      createdAt: at,
      bookings: booked.map((debit) => bookingOf(debit, at)),
    });
    return [{ place: 'statements', name: `camt054-${reference}.xml`, bytes }];
  });
}

/** Domain PMNT: issued direct debits, and their reversal when they come back unpaid. */
function bookingOf(debit: HeldDebit, at: Date): Booking {
  const { endToEndId, debtor, debtorName, state } = debit;
  const minor = BigInt(debit.minor);
  const common = { at: at.toISOString(), endToEndId, party: { name: debtorName, account: debtor } };
  if (state !== 'returned') return { ...common, minor, bankReference: `CR${endToEndId}`, code: 'IDDT/PMDD' };
  const why = behaviourOf(debtor).takesBack;
  return {
    ...common,
    minor: -minor,
    bankReference: `RT${endToEndId}`,
    code: 'IDDT/UPDD',
    ...(why !== undefined && { returned: why }),
  };
}
