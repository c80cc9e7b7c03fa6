// Money that a channel had paid before it was owed goes on to what it owes as soon as it does: out of what was paid ahead
// and to dates of billers, or of the operator's own book, the oldest transfer first.

import { lockChannels } from '../../channels/index.ts';
import { Entries, OPERATOR, recordEntries } from '../../ledger/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { businessNow, LANE } from '../../settlement/remittances/index.ts';
import { keepAhead, lockBooks, post, type LineParts } from './post.ts';
import { spreadOver } from './spread.ts';
import { booksOwed, payableAhead, readAhead, readOpen, type Debt } from './store-payment.ts';

/** Every channel that has paid ahead and owes something now, each in a transaction of its own. */
export async function moveAllAhead(
  database: Database,
  onError: (error: unknown, debt: Debt) => void,
): Promise<void> {
  for (const debt of await database.transaction(payableAhead))
    await database.transaction((tx) => moveAhead(tx, debt)).catch((error: unknown) => onError(error, debt));
}

/** Locks the open days of the billers that are owed, the channel and balances. What was moved, in minor units. */
export async function moveAhead(tx: Tx, debt: Debt): Promise<bigint> {
  const books = await booksOwed(tx, [debt]);
  const days = await lockBooks(tx, books);
  await lockChannels(tx, [debt.channelId]);
  const open = await readOpen(tx, debt, books);
  const at = await businessNow(tx);
  const lines: LineParts[] = [];
  let moved = 0n;
  for (const row of await readAhead(tx, debt)) {
    const { parts, leftMinor } = spreadOver(open, row.left_minor);
    const used = row.left_minor - leftMinor;
    if (parts.length === 0) break;
    moved += used;
    // Nothing of it is needed where what is owed to the channel sets everything off.
    const back = used === 0n ? [] : [{ billerId: OPERATOR, businessDate: null, minor: -used }];
    const { statement_id: statementId, line, account_id: accountId } = row;
    lines.push({ statementId, line, debt, accountId, at, parts: [...back, ...parts] });
  }
  if (lines.length > 0) {
    const entries = new Entries();
    await post(tx, lines, days, { isNew: false, entries });
    await keepAhead(tx, lines);
    await recordEntries(tx, entries, LANE);
  }
  return moved;
}
