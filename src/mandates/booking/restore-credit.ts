// Credit that a debit left and its payer has spent is there again at the agency's cost, so that the return can take it out: the
// agency had it, as a bill paid or money remitted, and it is the agency's to ask the payer for. An adjustment of the open day:
// Dr biller/payable, Cr payer/credit; of a debit that was collected onto the agency's own account Dr biller/direct, as a
// direct adjustment.

import type { Approval } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { newId, showId } from '../../kernel/ids.ts';
import { formatMinor, type Money } from '../../kernel/money.ts';
import { accountOf, Entries, recordEntries } from '../../ledger/index.ts';
import { addCredit, insertAdjustment, lockOpenDay } from '../../payments/credit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DebitRef } from '../debits/index.ts';
import { lockCredit, spentOf, type Spent } from './store-return.ts';

/**
 * Locks the open day (shared), credit, balances. Refuses `approval-impossible` when more is spent than persons have seen. How
 * much it was, minor units.
 */
export async function restoreCredit(
  tx: Tx,
  lane: number,
  { billerId, debitId }: DebitRef,
  { approvalId, amount }: Pick<Approval, 'approvalId'> & { readonly amount: Money },
): Promise<bigint> {
  const { currency } = amount;
  const { businessDate, now } = await lockOpenDay(tx, billerId);
  const spent = await lockSpent(tx, { billerId, debitId }, amount);
  const [first] = spent;
  if (first === undefined) return 0n;
  const minor = sumOf(spent);
  const lines = spent.map(({ payerId, minor: amountMinor }) => ({ payerId, amountMinor }));
  const { isWithBiller } = first;
  await addCredit(tx, [{ billerId, currency, acceptedAt: now.toISOString(), lines, isWithBiller }]);
  const journalId = newId(now.getTime(), billerId);
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId,
      kind: 'correction',
      paymentId: first.paymentId,
      businessDate,
      recordedAt: now.toISOString(),
    },
    [
      {
        account: accountOf(isWithBiller ? 'biller/direct' : 'biller/payable', 0, currency),
        amountMinor: minor,
      },
      ...lines.map(({ payerId, amountMinor }) => ({
        account: accountOf(payerId === '' ? 'suspense' : 'payer/credit', 0, currency),
        amountMinor: -amountMinor,
      })),
    ],
  );
  await insertAdjustment(tx, {
    billerId,
    adjustmentId: newId(now.getTime(), billerId),
    kind: 'correction',
    route: isWithBiller ? 'direct' : 'via-operator',
    reason: `the bank took debit ${showId('dbt', debitId)} back, and the credit that it left is spent`,
    currency,
    amountMinor: -minor,
    paymentId: first.paymentId,
    approvalId,
    journalId,
    businessDate,
    recordedAt: now,
  });
  await recordEntries(tx, entries, lane);
  return minor;
}

/** What is spent, exact from here on. Refuses `approval-impossible` when it is more than persons have seen. */
async function lockSpent(tx: Tx, ref: DebitRef, { minor, currency }: Money): Promise<Spent[]> {
  const seen = await spentOf(tx, ref);
  await lockCredit(
    tx,
    ref.billerId,
    currency,
    seen.map(({ payerId }) => payerId),
  );
  const spent = await spentOf(tx, ref);
  const now = sumOf(spent);
  if (now <= minor) return spent;
  const reason = `${formatMinor(now, currency)} ${currency} are spent by now`;
  throw new Refused(refuse('approval-impossible', { reason }));
}

function sumOf(spent: readonly Spent[]): bigint {
  return spent.reduce((sum, { minor }) => sum + minor, 0n);
}
