// Brings a database to the newest schema: forward-only `migrations/NNNN_what.sql` through knex, then the
// functions of `migrations/functions/`, which are replaced whole each time so that each has one text.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Database } from './database.ts';

const folder = findMigrations(import.meta.dirname);

/** Above this file, whether it is the source or part of a bundle. */
function findMigrations(from: string): string {
  const found = path.join(from, 'migrations');
  if (existsSync(path.join(found, 'functions'))) return found;
  if (path.dirname(from) === from) throw new Error('the folder migrations/ is missing beside the program');
  return findMigrations(path.dirname(from));
}

/** Safe to run from several processes at once (knex holds a lock row) and again at any time. */
export async function migrate(database: Database): Promise<void> {
  await withMigrationLock(database, async () => {
    await replaceFunctions(database);
    await database.knex.migrate.latest({
      migrationSource: new SqlFiles(),
      tableName: 'migration',
      disableMigrationsListValidation: false,
    });
  });
}

/** Names of migrations that this program has and the database has not. Empty when it is up to date. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const known = await sqlFiles();
  const [present] = await database.transaction((tx) =>
    tx.query<{ found: string | null }>(`select to_regclass('migration')::text as found`),
  );
  if (!present?.found) return known;
  const done = await database.transaction((tx) => tx.query<{ name: string }>('select name from migration'));
  const names = new Set(done.map((row) => row.name));
  return known.filter((name) => !names.has(name));
}

class SqlFiles implements Knex.MigrationSource<string> {
  getMigrations(): Promise<string[]> {
    return sqlFiles();
  }
  getMigrationName(file: string): string {
    return file;
  }
  async getMigration(file: string): Promise<Knex.Migration> {
    const text = await readFile(path.join(folder, file), 'utf8');
    return {
      up: (knex) => knex.raw(text.replaceAll('?', '\\?')),
      down: () => Promise.reject(new Error('migrations go forward only')),
    };
  }
}

async function sqlFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
}

async function replaceFunctions(database: Database): Promise<void> {
  const names = (await readdir(path.join(folder, 'functions')))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const texts = await Promise.all(
    names.map((name) => readFile(path.join(folder, 'functions', name), 'utf8')),
  );
  await database.transaction(async (tx) => {
    for (const text of texts) await tx.query(text);
  });
}

/** Two processes that start together must not both create knex's own tables: one advisory lock, one session. */
async function withMigrationLock(database: Database, work: () => Promise<void>): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:migrate'))`);
    await work();
  });
}
