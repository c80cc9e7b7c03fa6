// The bank took a channel's transfer back: what it had paid is owed again, the newest first, as if it had never come. What
// was still paid ahead goes before all dues.

import { lockChannels } from '../../channels/index.ts';
import { OPERATOR, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockBooks, post } from './post.ts';
import { raiseCredit, type ChannelTransfer, type Received } from './receive.ts';
import { takeBack, type Part } from './spread.ts';
import {
  changeAhead,
  readAhead,
  readPaid,
  readRefusals,
  type AheadChange,
  type AheadRow,
} from './store-payment.ts';

/**
 * `statementId` and `line` are those of the reversal, `money` what was taken, above zero. Locks as `receiveFromChannels`
 * and leaves the journals to its caller as that does. Refuses what the channel has never paid, and what that refuses.
 */
export async function takeBackFromChannel(
  tx: Tx,
  taken: ChannelTransfer,
  entries: Entries,
): Promise<Received> {
  const { channelId, money, accountId, statementId, line, at } = taken;
  if (money.minor <= 0n) throw new RangeError('a transfer is more than zero');
  const debt = { channelId, currency: money.currency };
  const books = [...new Set((await readPaid(tx, debt, money.minor)).map(({ billerId }) => billerId))];
  const days = await lockBooks(tx, books);
  await lockChannels(tx, [channelId]);
  const reason = (await readRefusals(tx, [channelId])).get(channelId);
  if (reason !== undefined) return { ok: false, reason };
  const ahead = (await readAhead(tx, debt)).reverse();
  const lying = ahead.reduce((sum, row) => sum + row.left_minor, 0n);
  const fromAhead = lying < money.minor ? lying : money.minor;
  const paid = await readPaid(tx, debt, money.minor - fromAhead);
  const missing = paid.find(({ billerId }) => billerId !== OPERATOR && !days.has(billerId));
  if (missing !== undefined) throw new Error(`biller ${missing.billerId} has come to be paid meanwhile`);
  const parts = takeBack(paid, money.minor - fromAhead);
  if (parts === undefined) return { ok: false, reason: 'the channel has not paid as much' };
  if (fromAhead > 0n)
    parts.push({ billerId: OPERATOR, businessDate: null, minor: -fromAhead } satisfies Part);
  const [posted = []] = await post(tx, [{ statementId, line, debt, accountId, at, parts }], days, {
    isNew: true,
    entries,
  });
  await changeAhead(tx, outOf(ahead, fromAhead, { debt, accountId, at }));
  await raiseCredit(tx, [{ channelId, money: { ...money, minor: -money.minor } }]);
  return { ok: true, value: { parts: posted } };
}

function outOf(
  ahead: readonly AheadRow[],
  minor: bigint,
  of: Pick<AheadChange, 'debt' | 'accountId' | 'at'>,
): AheadChange[] {
  let left = minor;
  return ahead.flatMap((row) => {
    const part = row.left_minor < left ? row.left_minor : left;
    left -= part;
    return part === 0n ? [] : [{ ...of, statementId: row.statement_id, line: row.line, minor: -part }];
  });
}
