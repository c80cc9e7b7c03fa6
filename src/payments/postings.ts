// The journal of a payment (rules.md, "Ledger"). Debit positive. Via operator the channel owes (or its float
// pays) amount and fee; direct, the bank credits the biller's own account and owes only the fee: also where a debit that
// it has collected becomes the payer's credit, which lies with the biller then.

import { accountOf, type AccountKind, type Posting } from '../ledger/index.ts';
import type { Channel } from '../channels/index.ts';
import { isWithBiller, owedMinor, type Payment } from './payment.ts';

export function postingsOf(payment: Payment, channel: Pick<Channel, 'channelId' | 'funding'>): Posting[] {
  const { currency, amountMinor, feeMinor, billerFeeMinor, taxMinor, commissionMinor } = payment;
  const { channelId } = channel;
  const postings: Posting[] = [];
  const owed = channel.funding === 'prefunded' ? 'channel/float' : 'channel/receivable';
  post(postings, owed, channelId, currency, owedMinor(payment));
  if (payment.status === 'credited') {
    const unknown = suspenseMinor(payment);
    if (isWithBiller(payment)) post(postings, 'channel/direct', channelId, currency, amountMinor);
    post(postings, 'payer/credit', 0, currency, unknown - amountMinor);
    post(postings, 'suspense', 0, currency, -unknown);
  } else if (payment.route === 'direct') {
    post(postings, 'channel/direct', channelId, currency, amountMinor);
    post(postings, 'biller/direct', 0, currency, -amountMinor);
  } else {
    post(postings, 'biller/payable', 0, currency, -amountMinor);
  }
  post(postings, 'biller/fees-due', 0, currency, billerFeeMinor);
  post(postings, 'fees/income', 0, currency, taxMinor - feeMinor - billerFeeMinor);
  post(postings, 'fees/tax', 0, currency, -taxMinor);
  post(postings, 'commission/expense', 0, currency, commissionMinor);
  post(postings, 'commission/payable', channelId, currency, -commissionMinor);
  return postings;
}

function post(
  postings: Posting[],
  code: AccountKind,
  channelId: number,
  currency: string,
  amountMinor: bigint,
): void {
  if (amountMinor !== 0n) postings.push({ account: accountOf(code, channelId, currency), amountMinor });
}

/** Of held money, the part for bills that nobody knows, and so of no known payer. */
function suspenseMinor(payment: Payment): bigint {
  return payment.lines.reduce((sum, line) => (line.payerId === null ? sum + line.amountMinor : sum), 0n);
}
