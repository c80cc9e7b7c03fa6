// After every test on a database its books must hold, whatever the test did to it.
import { checkBooks, type BookFinding } from '../../src/desk/index.ts';
import type { Database, Tx } from '../../src/platform/db/index.ts';

/** Throws, naming every invariant that is broken and what breaks it. */
export async function assertBooksBalance(db: Database): Promise<void> {
  const findings = await db.transaction((tx) => checkBooksInside(db, tx));
  if (findings.length === 0) return;
  const told = findings.map(({ invariant, biller, count, examples }) =>
    [invariant, biller ?? '', `${count} (${examples.join('; ')})`].join(' '),
  );
  throw new Error(`the books do not hold: ${told.join(', ')}`);
}

/**
 * What `checkBooks` finds, seen from inside this transaction. On the few rows of a test nearly all of its time would
 * be planning, for each biller again: it is planned once.
 */
export async function checkBooksInside(db: Database, tx: Tx): Promise<BookFinding[]> {
  await tx.query('set local plan_cache_mode = force_generic_plan');
  const inside: Database = { ...db, transaction: (work) => work(tx), nodeOf: () => inside };
  return checkBooks(inside);
}

class Undo extends Error {}

/** What the books say inside a transaction in which `by` has broken them past every trigger; it is rolled back. */
export async function findingsWhenBroken(db: Database, by: string): Promise<BookFinding[]> {
  let found: BookFinding[] = [];
  await db
    .transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(by);
      found = await checkBooksInside(db, tx);
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return found;
}

/** The invariants that `by` breaks, each once. */
export async function brokenBy(db: Database, by: string): Promise<Set<string>> {
  return new Set((await findingsWhenBroken(db, by)).map(({ invariant }) => invariant));
}
