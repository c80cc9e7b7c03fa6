// Words of banks about transactions whose order they do not name, put to the orders in which those stand.

import type { Tx } from '../platform/db/index.ts';
import type { OrderKinds } from './order-kind.ts';
import { paymentIdOf } from './order-ids.ts';
import type { OrderStatus, UnnamedWord } from './order-status.ts';

export async function placeUnnamed(
  tx: Tx,
  kinds: OrderKinds,
  words: readonly UnnamedWord[],
): Promise<{ found: OrderStatus[]; unknown: string[] }> {
  const orders = new Map<string, string>();
  const ids = [...new Set(words.map(({ transaction }) => transaction.endToEndId))];
  if (ids.length > 0)
    for (const kind of kinds.values())
      for (const [id, order] of (await kind.ordersOf?.(tx, ids)) ?? []) orders.set(id, order);
  const found: OrderStatus[] = [];
  const unknown: string[] = [];
  for (const { messageId, transaction } of words) {
    const orderMessageId = orders.get(transaction.endToEndId);
    if (orderMessageId === undefined) unknown.push(transaction.endToEndId);
    else
      found.push({
        messageId,
        orderMessageId,
        whole: null,
        payments: [{ paymentId: paymentIdOf(orderMessageId), whole: null, transactions: [transaction] }],
      });
  }
  return { found, unknown };
}
