// After every test on a database its books must hold, whatever the test did to it.
import { checkBooks } from '../../src/desk/index.ts';
import type { Database } from '../../src/platform/db/index.ts';

/** Throws, naming every invariant that is broken and what breaks it. */
export async function assertBooksBalance(db: Database): Promise<void> {
  const findings = await checkBooks(db);
  if (findings.length === 0) return;
  const told = findings.map(({ invariant, biller, count, examples }) =>
    [invariant, biller ?? '', `${count} (${examples.join('; ')})`].join(' '),
  );
  throw new Error(`the books do not hold: ${told.join(', ')}`);
}
