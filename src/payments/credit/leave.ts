// Takes a payer's credit out of the books, in the transaction of the last acceptance: from payer/credit (or suspense) to
// what is owed to the biller, or to the operator's bank; what lies on the biller's own account, from what he has there.

import type { Approval } from '../../approvals/index.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import type { Money } from '../../kernel/money.ts';
import { accountOf, Entries, recordEntries, type Account } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { placeWith, type Place } from './place.ts';
import { lockOpenDay, type OpenDate } from '../open-day.ts';
import { takeCredit } from '../store-credit.ts';
import { insertLeaving, type Leaving } from './store-leaving.ts';

export interface Left extends OpenDate {
  readonly journalId: Uuid;
}

/** `to`: of what the operator holds. Refuses `credit-insufficient`. Locks the open day (shared), the credit and balances of `lane`. */
export async function leave(
  tx: Tx,
  approval: Pick<Approval, 'billerId' | 'approvalId'>,
  of: { payerId: string; amount: Money; place: Place; to: Account; lane: number } & Pick<
    Leaving,
    'way' | 'refund'
  >,
): Promise<Left> {
  const { billerId, approvalId } = approval;
  const { payerId, amount, place, to, way, refund } = of;
  const day = await lockOpenDay(tx, billerId);
  await take(tx, billerId, payerId, amount, place);
  const journalId = newId(day.now.getTime(), billerId);
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId,
      kind: `credit-${way}`,
      paymentId: null,
      businessDate: day.businessDate,
      recordedAt: day.now.toISOString(),
    },
    [
      { account: heldOn(payerId, amount.currency), amountMinor: amount.minor },
      {
        account: place === 'biller' ? accountOf('biller/direct', 0, amount.currency) : to,
        amountMinor: -amount.minor,
      },
    ],
  );
  await insertLeaving(tx, {
    billerId,
    leavingId: newId(day.now.getTime(), billerId),
    way,
    payerId,
    currency: amount.currency,
    amountMinor: amount.minor,
    approvalId,
    journalId,
    ...(refund !== undefined && { refund }),
    businessDate: day.businessDate,
    recordedAt: day.now,
  });
  await recordEntries(tx, entries, of.lane);
  return { ...day, journalId };
}

/** Refuses `credit-insufficient`. Locks the credit. */
export async function take(
  tx: Tx,
  billerId: number,
  payerId: string,
  amount: Money,
  place: Place = 'operator',
): Promise<void> {
  const { minor, currency } = amount;
  const isWithBiller = place === 'biller';
  if (await takeCredit(tx, [{ billerId, payerId, currency, amountMinor: minor, isWithBiller }])) return;
  await placeWith(tx, { billerId, payerId }, amount, [place]);
  // It has come since.
  return take(tx, billerId, payerId, amount, place);
}

/** Money of nobody known lies in suspense. */
export function heldOn(payerId: string, currency: string): Account {
  return accountOf(payerId === '' ? 'suspense' : 'payer/credit', 0, currency);
}
