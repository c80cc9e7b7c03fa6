// Journals in the database: balances add up over groups and lanes, and what is written stays as it was written.

import { randomUUID } from 'node:crypto';
import t from 'tap';
import { accountOf, Entries, OPERATOR, recordEntries } from '../../src/ledger/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';

const bank = accountOf('bank', 0, 'OMR');
const charges = accountOf('bank/charges', 0, 'OMR');

async function book(db: Database, lane: number, ...amounts: bigint[]): Promise<void> {
  const entries = new Entries();
  for (const amountMinor of amounts)
    entries.add(
      {
        billerId: OPERATOR,
        journalId: randomUUID(),
        kind: 'adjustment',
        paymentId: null,
        businessDate: '2026-11-22',
        recordedAt: '2026-11-22T08:00:00Z',
      },
      [
        { account: bank, amountMinor },
        { account: charges, amountMinor: -amountMinor },
      ],
    );
  await db.transaction((tx) => recordEntries(tx, entries, lane));
}

t.test('a balance is the sum of its lanes, a lane the sum of its groups', async (t) => {
  const { db } = await testDatabase(t);
  await book(db, 0, 1_000n, 250n);
  await book(db, 0, -50n);
  await book(db, 5, 7n);
  const rows = await db.transaction((tx) =>
    tx.query(
      `select code, lane, amount_minor from balance join account using (biller_id, account_no) order by 1, 2`,
    ),
  );
  t.same(rows, [
    { code: 'bank', lane: 0, amount_minor: 1_200n },
    { code: 'bank', lane: 5, amount_minor: 7n },
    { code: 'bank/charges', lane: 0, amount_minor: -1_200n },
    { code: 'bank/charges', lane: 5, amount_minor: -7n },
  ]);
});

t.test('journals and postings are append-only', async (t) => {
  const { db } = await testDatabase(t);
  await book(db, 0, 1_000n);
  for (const table of ['journal', 'posting'])
    for (const sql of [`update ${table} set biller_id = 1`, `delete from ${table}`, `truncate ${table}`])
      await t.rejects(
        db.transaction((tx) => tx.query(sql)),
        { message: `${table} rows are append-only` },
        sql,
      );
});
