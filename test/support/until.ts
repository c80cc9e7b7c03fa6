// Waiting for a condition instead of sleeping. What never comes true is an error that says what was waited for.
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../src/platform/db/index.ts';

/** Asks again every few milliseconds until the answer is neither false nor undefined; throws after `withinMs`. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 60_000,
): Promise<Exclude<T, false | undefined>> {
  const latest = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    if (performance.now() > latest) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(5);
  }
}

/** So many sessions of this database wait for a lock. */
export async function lockWaiters(db: Database): Promise<number> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  );
  return row?.count ?? 0;
}

/** Holds the row of a bill locked, so that what wants it waits, until it is told to let go. */
export async function holdBill(db: Database, billNumber: string): Promise<() => Promise<void>> {
  const { promise: released, resolve: release } = deferred();
  const { promise: held, resolve: hold } = deferred();
  const holding = db.transaction(async (tx) => {
    await tx.query('select 1 from bill where bill_number = $1 for update', [billNumber]);
    hold();
    await released;
  });
  await Promise.race([held, holding]);
  return async () => {
    release();
    await holding;
  };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
