// Places the lines that wait, a lot at a time: each lot is one short transaction, and what one of them did is what the
// next finds. Killed anywhere and started again, the rest is placed; nothing is placed twice.

import type { Uuid } from '../../kernel/ids.ts';
import { isConflict } from '../../platform/db/index.ts';
import { confirmOrder } from './confirm-order.ts';
import { creditDebits } from './credit-debits.ts';
import { placeBillerLot } from './place-biller-lot.ts';
import { placeLot, type LotDone } from './place-lot.ts';
import type { Placing } from './placing.ts';
import { siftStatements } from './sift-lines.ts';
import { lockLinesOf } from './store-sift.ts';
import { notePlaced, waitingStatements, type WaitingStatement } from './store-lot.ts';

const ATTEMPTS = 5;

/** Everything that can be placed now, unless it is stopped; `only`: of this file. Any number of workers. */
export async function placeStatements(placing: Placing, only: Uuid | null = null): Promise<void> {
  const { database, log, signal } = placing;
  await siftStatements(database, signal);
  for (const statement of await database.transaction((tx) => waitingStatements(tx, only))) {
    if (signal?.aborted) return;
    await placeStatement(placing, statement).catch((error: unknown) =>
      log.error(
        { err: error, statement: statement.statementId },
        'lines of a statement wait for the next round',
      ),
    );
  }
}

/** Deposits of a lot are placed while the next one is looked at: they are other lines, and have transactions of their own. */
async function placeStatement(placing: Placing, statement: WaitingStatement): Promise<void> {
  let depositing: Promise<void> = Promise.resolve();
  try {
    for (let after = 0; ;) {
      const done = await nextLot(placing, statement, after);
      if (done === undefined) break;
      for (const { line, order } of done.orders) await confirmOrder(placing.database, line, order.messageId);
      for (const { line, file } of done.debitFiles)
        await creditDebits(placing.database, line, file.messageId);
      await depositing;
      depositing = done.deposits.length === 0 ? Promise.resolve() : placing.placeDeposits(done.deposits);
      // It is awaited with the next lot; until then its failure must not count as unhandled.
      depositing.catch(() => undefined);
      after = done.last;
      if (placing.signal?.aborted) return;
    }
  } finally {
    await depositing;
  }
  await placing.database.transaction(async (tx) => {
    await lockLinesOf(tx, statement);
    await notePlaced(tx, statement.statementId);
  });
}

/** Two that want the same rows in another order: one of them tries again. */
async function nextLot(
  placing: Placing,
  statement: WaitingStatement,
  after: number,
): Promise<LotDone | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await placing.database.transaction((tx) =>
        statement.accountId === null ? placeBillerLot(tx, statement, after) : placeLot(tx, statement, after),
      );
    } catch (error) {
      if (attempt >= ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}
