// The bank has paid out a remittance that nobody had ordered: a break at once, for persons have to know before it is ordered
// as well. When it is ordered all the same, the line proves it, and the break ends by itself; a second debit is a break then.

import type { Database, Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { endBreaks, lockBreak } from '../breaks/index.ts';
import { lockBroken, putBack } from './store-broken.ts';
import { orderedSince, type PaidEarly } from './store-paid-early.ts';

const LOT_BREAKS = 100;

/** Their lines wait again. One that persons are asked to decide about is left to them. Any number of workers. */
export async function lookAgain(database: Database): Promise<void> {
  for (const early of await database.transaction((tx) => orderedSince(tx, LOT_BREAKS)))
    await database.transaction((tx) => waitAgain(tx, early));
}

/** Locks the break before lines, as decisions do. */
async function waitAgain(tx: Tx, { billerId, breakId, key, statementId, line }: PaidEarly): Promise<void> {
  const it = await lockBreak(tx, breakId);
  if (it?.state !== 'open' || it.approvalId !== null) return;
  const broken = await lockBroken(tx, { statementId, line }, 'break');
  if (broken === undefined) return;
  await putBack(tx, broken.line);
  await endBreaks(tx, billerId, [key], await businessNow(tx));
}
