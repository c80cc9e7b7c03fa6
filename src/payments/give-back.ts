// What a reversal gives back of the channel's limited funds. Remember: as the books say, and not as the channel is
// funded today. A payment taken on credit gives no float back, though the channel has become prefunded since.

import { spend, takeOffDay, type Channel } from '../channels/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { OriginalPosting, ReversiblePayment } from './store-reverse.ts';

/** The channel is locked by this transaction. `original`: the postings of the payment. */
export async function giveBack(
  tx: Tx,
  channel: Channel,
  payment: ReversiblePayment,
  original: readonly OriginalPosting[],
): Promise<void> {
  const { channelId, funding, limitPerDay } = channel;
  const { currency, business_date: businessDate } = payment;
  const code = funding === 'prefunded' ? 'channel/float' : 'channel/receivable';
  const owed = original.reduce(
    (sum, posting) => (posting.code === code ? sum + posting.amount_minor : sum),
    0n,
  );
  if (owed !== 0n) await spend(tx, [{ channelId, currency, minor: -owed }]);
  if (limitPerDay[currency] === undefined) return;
  await takeOffDay(tx, {
    channelId,
    currency,
    businessDate,
    minor: payment.amount_minor + payment.fee_minor,
  });
}
