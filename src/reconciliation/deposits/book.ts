// The ledger's side of a deposit (rules.md, "Ledger"): Dr bank, Cr the receivable of the channel `deposit`, which the
// payment then takes back to zero; Cr the payer's credit where there is no bill; Cr suspense, in the operator's own book,
// where nobody knows whose it is.

import type { Uuid } from '../../kernel/ids.ts';
import { accountOf, OPERATOR, type Posting } from '../../ledger/index.ts';
import type { Till } from '../../payments/index.ts';
import type { DepositLine } from './deposit.ts';

type Money = Pick<DepositLine, 'accountId' | 'currency'>;

const postings = (debit: Posting['account'], credit: Posting['account'], amountMinor: bigint): Posting[] => [
  { account: debit, amountMinor },
  { account: credit, amountMinor: -amountMinor },
];

export function bookPayment(
  till: Till,
  { accountId, currency }: Money,
  of: { billerId: number; channelId: number; paymentId: Uuid; amountMinor: bigint },
): Uuid {
  const { billerId, channelId, paymentId, amountMinor } = of;
  return till.post(
    { billerId, kind: 'deposit', paymentId },
    postings(
      accountOf('bank', accountId, currency),
      accountOf('channel/receivable', channelId, currency),
      amountMinor,
    ),
  );
}

/** The payer has so much credit more. */
export function bookCredit(
  till: Till,
  { accountId, currency }: Money,
  of: { billerId: number; payerId: string; amountMinor: bigint },
): Uuid {
  const { billerId, payerId, amountMinor } = of;
  till.hold(billerId, payerId, currency, amountMinor);
  return till.post(
    { billerId, kind: 'deposit' },
    postings(accountOf('bank', accountId, currency), accountOf('payer/credit', 0, currency), amountMinor),
  );
}

/** A negative amount takes it out again. */
export function bookSuspense(till: Till, { accountId, currency }: Money, amountMinor: bigint): Uuid {
  // The operator's book has no business days of its own: its journals are dated in UTC.
  const on = till.now.toISOString().slice(0, 10);
  return till.post(
    { billerId: OPERATOR, kind: 'suspense', on },
    postings(accountOf('bank', accountId, currency), accountOf('suspense', 0, currency), amountMinor),
  );
}
