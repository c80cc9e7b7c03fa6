// A database of its own for each test that asks: a copy of a template, made in a few milliseconds: of the migrated one,
// or of the world. Afterwards the books are checked; then it is dropped, or kept and named when the test failed.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Test } from 'tap';
import { openDatabase } from '../../src/platform/db/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { assertBooksBalance } from './books.ts';
import { testDatabaseUrl, testWorldKeys } from './services.ts';
import { MORNING, setClock, type World } from './world.ts';

export interface TestDatabase {
  url: string;
  db: Database;
}

export type TestOfDatabase = Pick<Test, 'name' | 'teardown' | 'passing'>;

/** The world of world.ts, at its morning. What is said of `testDatabase` holds. */
export async function testWorld(t: TestOfDatabase): Promise<World> {
  const { url, db } = await testDatabase(t, 'wasit_world');
  await setClock(db, MORNING);
  return { url, db, keys: testWorldKeys() };
}

/** Call it before opening anything on the database: what is torn down later was set up earlier. */
export async function testDatabase(t: TestOfDatabase, template = 'wasit_template'): Promise<TestDatabase> {
  const name = `test_${t.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 40)}_${randomBytes(4).toString('hex')}`;
  // Half the work of the usual way, which passes every page through the log.
  await asAdmin(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(name, testDatabaseUrl()).href;
  const db = openDatabase(url, { poolSize: 10 });
  t.teardown(async () => {
    const fault = await assertBooksBalance(db).then(
      () => undefined,
      (error: Error) => error,
    );
    await db.close();
    if (t.passing() && !fault) return asAdmin(`drop database ${name} with (force)`);
    console.error(`kept database ${name}`);
    if (fault) throw fault;
  });
  return { url, db };
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
