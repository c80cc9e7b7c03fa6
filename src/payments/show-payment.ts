// The answer to an accepted payment. It is written once, as text, beside the payment (the payload of its first
// event) and sent byte for byte again on every replay, whatever this program has become since.

import type { Snapshot } from '../channels/index.ts';
import { showId, showReceipt } from '../kernel/ids.ts';
import { formatMinor, type MoneyText } from '../kernel/money.ts';
import type { PaymentCommand } from './command.ts';
import type { Payment, PaymentLine } from './payment.ts';

export function showPayment(
  payment: Payment,
  command: Pick<PaymentCommand, 'details' | 'occurredAt' | 'agencySaidAt'>,
  snapshot: Snapshot,
): string {
  const { currency } = payment;
  return JSON.stringify({
    paymentId: showId('pay', payment.paymentId),
    reference: payment.reference,
    status: payment.status,
    receiptNumber: showReceipt(payment.billerId, payment.receiptNo),
    billerCode: snapshot.billersById.get(payment.billerId)?.code,
    channelCode: snapshot.channelsById.get(payment.channelId)?.code,
    bills: payment.lines.map((line) => showLine(line, currency)),
    amount: text(payment.amountMinor, currency),
    fee: text(payment.feeMinor, currency),
    total: text(payment.amountMinor + payment.feeMinor, currency),
    method: payment.method,
    route: payment.route,
    outlet: command.details.outlet,
    businessDate: payment.businessDate,
    occurredAt: command.occurredAt,
    agencySaidAt: command.agencySaidAt,
    acceptedAt: payment.acceptedAt,
    reversibleUntil: payment.reversibleUntil,
  });
}

function showLine(line: PaymentLine, currency: string): object {
  const over = line.dueMinor === null ? 0n : line.amountMinor - line.dueMinor;
  return {
    billNumber: line.billNumber,
    payerId: line.payerId ?? undefined,
    amount: text(line.amountMinor, currency),
    amountDue:
      line.refusal !== null ? undefined : line.dueMinor === null ? null : text(line.dueMinor, currency),
    penalty: line.refusal === null ? text(line.penaltyMinor, currency) : undefined,
    over: line.refusal === null && over > 0n ? text(over, currency) : undefined,
    credited: line.refusal ?? undefined,
  };
}

function text(minor: bigint, currency: string): MoneyText {
  return { value: formatMinor(minor, currency), currency };
}
