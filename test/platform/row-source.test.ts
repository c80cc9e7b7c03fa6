// Rows as parameters: both shapes of the same statement give the server the same rows.

import fc from 'fast-check';
import t from 'tap';
import { rowSource } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';

interface Row {
  readonly count: number;
  readonly amount: bigint;
  readonly text: string | null;
  readonly document: string | null;
}

const ROWS = rowSource<Row>(1, [
  { name: 'count', type: 'int', of: (r) => r.count },
  { name: 'amount', type: 'bigint', of: (r) => r.amount },
  { name: 'text', type: 'text', of: (r) => r.text },
  { name: 'document', type: 'json', of: (r) => r.document },
]);

// PostgreSQL keeps no U+0000, and the boundary lets none through.
const anyText = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', ''));
const anyRow: fc.Arbitrary<Row> = fc.record({
  count: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  amount: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  text: fc.option(anyText),
  document: fc.option(anyText.map((value) => JSON.stringify({ value }))),
});

t.test('one row or many, the server sees what was given', async (t) => {
  const { db } = await testDatabase(t);
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 5 }), async (rows) => {
      const shape = rows.length === 1 ? 'one' : 'many';
      const seen = await db.transaction((tx) =>
        tx.query(`select * from ${ROWS.from(shape, 'r')}`, ROWS.values(shape, rows)),
      );
      t.same(seen, rows, 'every value comes back');
    }),
    { numRuns: 60 },
  );
});

t.test('some columns, in another order, under the same parameters', async (t) => {
  const { db } = await testDatabase(t);
  const row = { count: 7, amount: 9n, text: 'x', document: null };
  for (const shape of ['one', 'many'] as const) {
    const sql = `select r.*, $3::text as given, $4::text as none from ${ROWS.from(shape, 'r', ['amount', 'count'])}`;
    const [seen] = await db.transaction((tx) => tx.query(sql, ROWS.values(shape, [row])));
    t.match(seen, { amount: 9n, count: 7 }, shape);
  }
  t.throws(() => ROWS.from('many', 'r', ['colour']), /no column colour/);
});
