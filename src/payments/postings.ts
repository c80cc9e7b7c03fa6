// The journal of a payment (rules.md, "Ledger"). Debit positive. Via operator the channel owes (or its float
// pays) amount and fee; direct, the bank credits the biller's own account and owes only the fee.

import { accountOf, type Posting } from '../ledger/index.ts';
import type { Channel } from '../channels/index.ts';
import { owedMinor, type Payment } from './payment.ts';

export function postingsOf(payment: Payment, channel: Pick<Channel, 'channelId' | 'funding'>): Posting[] {
  const { currency, amountMinor, feeMinor, billerFeeMinor, taxMinor, commissionMinor } = payment;
  const owed = accountOf(
    channel.funding === 'prefunded' ? 'channel/float' : 'channel/receivable',
    channel.channelId,
    currency,
  );
  const postings: Posting[] = [];
  const post = (account: Posting['account'], minor: bigint): void => {
    if (minor !== 0n) postings.push({ account, amountMinor: minor });
  };
  post(owed, owedMinor(payment));
  if (payment.route === 'direct' && payment.status === 'accepted') {
    post(accountOf('channel/direct', channel.channelId, currency), amountMinor);
    post(accountOf('biller/direct', 0, currency), -amountMinor);
  } else {
    postMoneyOf(payment, post);
  }
  post(accountOf('biller/fees-due', 0, currency), billerFeeMinor);
  post(accountOf('fees/income', 0, currency), -(feeMinor + billerFeeMinor - taxMinor));
  post(accountOf('fees/tax', 0, currency), -taxMinor);
  post(accountOf('commission/expense', 0, currency), commissionMinor);
  post(accountOf('commission/payable', channel.channelId, currency), -commissionMinor);
  return postings;
}

/** Where the payer's money goes: to the biller, or, when no bill could take it, to credit or suspense. */
function postMoneyOf(payment: Payment, post: (account: Posting['account'], minor: bigint) => void): void {
  const { currency } = payment;
  if (payment.status === 'accepted')
    return post(accountOf('biller/payable', 0, currency), -payment.amountMinor);
  let known = 0n;
  let unknown = 0n;
  for (const line of payment.lines) {
    if (line.payerId === null) unknown += line.amountMinor;
    else known += line.amountMinor;
  }
  post(accountOf('payer/credit', 0, currency), -known);
  post(accountOf('suspense', 0, currency), -unknown);
}
