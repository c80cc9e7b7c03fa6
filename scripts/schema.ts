// `npm run schema` writes migrations/schema.sql, what all migrations together come to, so that a change of the schema
// is read in one place. `--check` writes nothing and fails when the committed dump says anything else.
// On the server of TEST_DATABASE_URL where that is set, else on one of its own, thrown away afterwards.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrate, openDatabase } from '../src/platform/db/index.ts';
import { freePort, startEmbedded } from '../src/platform/embedded/index.ts';
import { dumpSchema } from './schema-dump.ts';

const file = path.join(import.meta.dirname, '..', 'migrations', 'schema.sql');

// A run takes about a second: an interrupted one ends as usual, so that no server is left behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => (process.exitCode = 130));

const given = process.env['TEST_DATABASE_URL'];
const text = given === undefined ? await onOwnServer(migrated) : await migrated(given);
if (!process.argv.includes('--check')) {
  await fs.writeFile(file, text);
} else if ((await fs.readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error(
    'migrations/schema.sql is not what the migrations make: run `npm run schema`, look at the difference.',
  );
  process.exitCode = 1;
}

/** A database of its own, brought to the newest schema, and dropped. */
async function migrated(serverUrl: string): Promise<string> {
  const name = `schema_${process.pid}`;
  const server = openDatabase(serverUrl, { poolSize: 1 });
  try {
    await server.knex.raw(`create database ${name}`);
    const database = openDatabase(new URL(name, serverUrl).href, { poolSize: 3 });
    try {
      await migrate(database);
      return await database.transaction(dumpSchema);
    } finally {
      await database.close();
    }
  } finally {
    await server.knex.raw(`drop database if exists ${name} with (force)`);
    await server.close();
  }
}

async function onOwnServer(work: (url: string) => Promise<string>): Promise<string> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-schema-'));
  await fs.chmod(dataDir, 0o711); // the database's account has to reach its data
  try {
    const [pgPort, redisPort] = await Promise.all([freePort(), freePort()]);
    const services = await startEmbedded({ dataDir, pgPort, redisPort, durable: false });
    try {
      return await work(services.databaseUrl);
    } finally {
      await services.stop();
    }
  } finally {
    await fs.rm(dataDir, { recursive: true, force: true });
  }
}
