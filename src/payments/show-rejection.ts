// A rejection as the agency that made it is answered, and as everybody who follows its events is told.

import type { Snapshot } from '../channels/index.ts';
import { showId, showReceipt } from '../kernel/ids.ts';
import { toText } from '../kernel/money.ts';
import type { RejectionAnswer } from './rejection-schema.ts';
import type { RejectedLine, RejectionRow } from './store-reject.ts';
import type { ReversiblePayment } from './store-reverse.ts';

export function showRejection(row: RejectionRow, bills: readonly RejectedLine[]): RejectionAnswer {
  const { currency } = row;
  return {
    rejectionId: showId('rej', row.rejection_id),
    paymentId: showId('pay', row.payment_id),
    reference: row.reference,
    status: 'credited',
    reason: 'paid-elsewhere',
    bills: bills.map((line) => ({
      billNumber: line.bill_number,
      payerId: line.payer_id,
      amount: toText({ minor: line.amount_minor, currency }),
    })),
    amount: toText({ minor: row.amount_minor, currency }),
    businessDate: row.business_date,
    creditedAt: row.recorded_at.toISOString(),
  };
}

/** The data of the `payment.credited` that follows a `payment.accepted`. */
export function tellRejection(
  billerId: number,
  row: RejectionRow,
  bills: readonly RejectedLine[],
  payment: ReversiblePayment,
  { billersById, channelsById }: Snapshot,
): object {
  const shown = showRejection(row, bills);
  return {
    ...shown,
    bills: shown.bills.map((line) => ({ ...line, credited: 'bill-already-paid' })),
    receiptNumber: showReceipt(billerId, payment.receipt_no),
    billerCode: billersById.get(billerId)?.code,
    channelCode: channelsById.get(payment.channel_id)?.code,
    paymentReference: payment.reference,
  };
}
