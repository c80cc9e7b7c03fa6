// What a channel may still spend, worked out from the books at the moment a float, a credit limit or a limit per
// day begins to count. Remember: only after the update of the channel, whose trigger has waited for every payment
// decided under the old settings; those decided from here on see the new ones and the rows made here.

import { accountOf } from '../ledger/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { CheckedSettings, MinorLimits } from './channel-settings.ts';
import { dropPositions, floatCurrencies, insertPositions, refillDays } from './store-position.ts';

/** The channel's row and the configuration are locked by this transaction. `before` undefined: a new channel. */
export async function bringIntoForce(
  tx: Tx,
  channelId: number,
  before: CheckedSettings | undefined,
  after: CheckedSettings,
): Promise<void> {
  const counted =
    before === undefined || before.funding !== after.funding || !same(before.creditLimit, after.creditLimit);
  if (counted) await countPositions(tx, channelId, after);
  const newly = Object.keys(after.limitPerDay).filter(
    (currency) => before?.limitPerDay[currency] === undefined,
  );
  if (before !== undefined && newly.length > 0) await refillDays(tx, channelId, newly);
}

/** Available is the limit less what is owed; of a float, what was paid in less what was spent. */
async function countPositions(tx: Tx, channelId: number, settings: CheckedSettings): Promise<void> {
  await dropPositions(tx, channelId);
  const isFloat = settings.funding === 'prefunded';
  const currencies = isFloat ? await floatCurrencies(tx, channelId) : Object.keys(settings.creditLimit);
  const kind = isFloat ? 'channel/float' : 'channel/receivable';
  await insertPositions(
    tx,
    channelId,
    currencies.map((currency) => ({
      currency,
      limitMinor: isFloat ? 0n : (settings.creditLimit[currency] ?? 0n),
      accountNo: accountOf(kind, channelId, currency).accountNo,
    })),
  );
}

function same(a: MinorLimits, b: MinorLimits): boolean {
  const currencies = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...currencies].every((currency) => a[currency] === b[currency]);
}
