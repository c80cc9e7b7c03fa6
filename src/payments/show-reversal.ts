// A reversal as the channel is answered, and as the agency is told: which of its bills are open again, and by which
// receipt they had been paid.

import type { Snapshot } from '../channels/index.ts';
import { showId, showReceipt } from '../kernel/ids.ts';
import { toText } from '../kernel/money.ts';
import type { PaidLine, ReversalRow, ReversiblePayment } from './store-reverse.ts';

export interface ReversalAnswer {
  readonly reversalId: string;
  readonly paymentId: string;
  readonly reference: string;
  readonly status: 'reversed';
  readonly kind: 'reversal' | 'adjustment';
  readonly amount: { value: string; currency: string };
  readonly businessDate: string;
  readonly reversedAt: string;
  readonly reason: string;
}

export function showReversal(
  reversal: ReversalRow,
  paymentId: string,
  payment: ReversiblePayment,
): ReversalAnswer {
  return {
    reversalId: showId('rev', reversal.reversal_id),
    paymentId: showId('pay', paymentId),
    reference: reversal.reference,
    status: 'reversed',
    kind: reversal.kind,
    amount: toText({ minor: payment.amount_minor + payment.fee_minor, currency: payment.currency }),
    businessDate: reversal.business_date,
    reversedAt: reversal.recorded_at.toISOString(),
    reason: reversal.reason,
  };
}

/**
 * The data of `payment.reversed`: the payment as its first event told it, less the bills that its agency had rejected, and
 * what became of it.
 */
export function tellReversal(
  reversal: ReversalRow,
  { billerId, paymentId }: { billerId: number; paymentId: string },
  payment: ReversiblePayment,
  lines: readonly PaidLine[],
  { billersById, channelsById }: Snapshot,
): object {
  const text = (minor: bigint) => toText({ minor, currency: payment.currency });
  const amountMinor = lines.reduce((sum, line) => sum + line.amount_minor, 0n);
  return {
    paymentId: showId('pay', paymentId),
    reference: payment.reference,
    status: 'reversed',
    receiptNumber: showReceipt(billerId, payment.receipt_no),
    billerCode: billersById.get(billerId)?.code,
    channelCode: channelsById.get(payment.channel_id)?.code,
    bills: lines.map((line) => ({
      billNumber: line.bill_number,
      payerId: line.payer_id ?? undefined,
      amount: text(line.amount_minor),
    })),
    amount: text(amountMinor),
    fee: text(payment.fee_minor),
    total: text(amountMinor + payment.fee_minor),
    businessDate: reversal.business_date,
    reversal: {
      reversalId: showId('rev', reversal.reversal_id),
      reference: reversal.reference,
      kind: reversal.kind,
      reason: reversal.reason,
      reversedAt: reversal.recorded_at.toISOString(),
    },
  };
}
