// Which lines of a statement were said before: by a notification in the morning, by a statement of the same days, by the
// same notification sent again; line by line, or as a sum and its parts. They are `repeated` and move nothing. A statement that follows the one before it repeats
// none of its lines: equal ones are other bookings.

import type { Uuid } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import {
  claimNotified,
  isNotified,
  lockOwner,
  nextLot,
  noteSifted,
  repeatSaid,
  unsifted,
  type Unsifted,
} from './store-sift.ts';
import { sayDebitsAgain } from './store-said-debit.ts';
import { sayAgainSums } from './store-sum.ts';

const LOT_LINES = 2_000;

/** Every statement in force that has not been sifted, those of one account in order, until stopped. Any number of workers. */
export async function siftStatements(database: Database, signal?: AbortSignal): Promise<void> {
  let behind: Uuid[] = [];
  while (!signal?.aborted) {
    const waiting = await database.transaction((tx) => unsifted(tx, behind));
    if (waiting === undefined) return;
    // Another of its account goes first since; it is found again.
    if (!(await siftStatement(database, waiting, signal))) behind = [...behind, waiting.statementId];
  }
}

async function siftStatement(
  database: Database,
  statement: Unsifted,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (let after = 0; ;) {
    const from = after;
    const last = await database.transaction(async (tx) => {
      if (!(await lockOwner(tx, statement))) return 'overtaken';
      const lot = await nextLot(tx, statement.statementId, from, LOT_LINES);
      if (lot === undefined) {
        await sayAgainSums(tx, statement);
        await noteSifted(tx, statement.statementId);
        return 'done';
      }
      await siftLot(tx, statement, { from, to: lot });
      return lot;
    });
    if (last === 'overtaken') return false;
    if (last === 'done' || signal?.aborted) return true;
    after = last;
  }
}

async function siftLot(tx: Tx, statement: Unsifted, lot: { from: number; to: number }): Promise<void> {
  const { statementId, form, continuity } = statement;
  if (form === 'notification') {
    await repeatSaid(tx, statementId, lot, ['notification', 'statement']);
    return sayDebitsAgain(tx, statementId, lot, form);
  }
  if (continuity === 'overlap' || continuity === 'unknown')
    await repeatSaid(tx, statementId, lot, ['statement']);
  if (!(await isNotified(tx, statement))) return;
  await claimNotified(tx, statementId, lot);
  await sayDebitsAgain(tx, statementId, lot, form);
}
