// What a debit can collect of a bill. Remember: what it collects is booked as payments, and no payment carries more than
// `LARGEST_PAYMENT` of one bill; a bank would have taken money that no bill could ever have.

import { amountDue } from '../../bills/index.ts';
import { LARGEST_PAYMENT } from '../../kernel/money.ts';

/** Minor units; null: an open amount, which is the payer's to choose, or more than a payment carries. */
export function collectableMinor(...[bill, biller, on]: Parameters<typeof amountDue>): bigint | null {
  const { dueMinor } = amountDue(bill, biller, on);
  return dueMinor !== null && dueMinor > LARGEST_PAYMENT ? null : dueMinor;
}
