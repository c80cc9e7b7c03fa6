// What an agency has rejected of a payment, whose money lies with the payers as credit, is the agency's again, so that the payment
// can be undone as a whole: a bank has taken its money back, and persons have decided that the books follow. An adjustment
// of the open day: Dr payer/credit, Cr biller/payable; of a direct payment Cr biller/direct, as a direct adjustment.

import { refuse, Refused } from '../../kernel/errors.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockOpenDay } from '../open-day.ts';
import { takeCredit } from '../store-credit.ts';
import { endRejectedBreaks, rejectedByPayer } from '../store-reject.ts';
import { readOwner } from '../store-reverse.ts';
import { heldOn } from './leave.ts';
import { insertAdjustment } from './store-leaving.ts';

/**
 * Nothing when none of it was rejected. The bills are locked. Locks the open day (shared), credit, its breaks, balances of `lane`.
 * Refuses `not-reversible` when the credit is spent.
 */
export async function returnRejected(
  tx: Tx,
  lane: number,
  of: {
    readonly billerId: number;
    readonly paymentId: Uuid;
    readonly approvalId: Uuid;
    readonly reason: string;
  },
): Promise<void> {
  const { billerId, paymentId, approvalId, reason } = of;
  const lines = await rejectedByPayer(tx, billerId, paymentId);
  const payment = await readOwner(tx, billerId, paymentId);
  if (lines.length === 0 || payment === undefined) return;
  const { currency, route } = payment;
  const isWithBiller = route === 'direct';
  const { businessDate, now } = await lockOpenDay(tx, billerId);
  const taken = lines.map((line) => ({ ...line, billerId, currency, isWithBiller }));
  if (!(await takeCredit(tx, taken))) throw new Refused(refuse('not-reversible', { reason: 'credit-used' }));
  await endRejectedBreaks(tx, billerId, paymentId, now);
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const journalId = newId(now.getTime(), billerId);
  const recordedAt = now.toISOString();
  const entries = new Entries();
  entries.add({ billerId, journalId, kind: 'correction', paymentId, businessDate, recordedAt }, [
    ...lines.map((line) => ({
      account: heldOn(line.payerId, currency),
      amountMinor: line.amountMinor,
    })),
    {
      account: accountOf(isWithBiller ? 'biller/direct' : 'biller/payable', 0, currency),
      amountMinor: -amountMinor,
    },
  ]);
  await insertAdjustment(tx, {
    billerId,
    adjustmentId: newId(now.getTime(), billerId),
    kind: 'correction',
    route,
    reason,
    currency,
    amountMinor,
    paymentId,
    approvalId,
    journalId,
    businessDate,
    recordedAt: now,
  });
  await recordEntries(tx, entries, lane);
}
