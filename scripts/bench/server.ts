// A durable PostgreSQL of the benchmark's own in a temporary directory, on the first free ports from 17100 on.
// Everything is gone at the end.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { requireFreePort, startEmbedded } from '../../src/platform/embedded/index.ts';
import { migrate, openDatabase, type Database } from '../../src/platform/db/index.ts';
import { toClose } from './closing.ts';

export interface BenchServer {
  /** Of the database `postgres`, as superuser. */
  readonly url: string;
  readonly redisUrl: string | undefined;
  readonly dir: string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<BenchServer> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-bench-'));
  await fs.chmod(dir, 0o711); // the database's account has to reach its data
  const removed = toClose(() => fs.rm(dir, { recursive: true, force: true }));
  const pgPort = await benchPort();
  const redisPort = await benchPort();
  // Registered before it is up: an interrupt while it starts must find it too.
  const starting = startEmbedded({ dataDir: dir, pgPort, redisPort, log: console.error });
  const stopped = toClose(() =>
    starting.then(
      (services) => services.stop(),
      () => undefined,
    ),
  );
  const services = await starting;
  const stop = async (): Promise<void> => {
    await stopped();
    await removed();
  };
  return { url: services.databaseUrl, redisUrl: services.redisUrl, dir, stop };
}

let nextPort = 17_100;

/** A port of 17100–17999 that nobody uses now; never the same twice in one run. */
export async function benchPort(): Promise<number> {
  for (; nextPort < 18_000; nextPort++) {
    const free = await requireFreePort(nextPort, 'a port of the benchmark').then(
      () => true,
      () => false,
    );
    if (free) return nextPort++;
  }
  throw new Error('no free port from 17100 to 17999');
}

/** A migrated database of that name on the server. */
export async function createDatabase(server: BenchServer, name: string): Promise<Database> {
  await ask(server.url, `create database ${name}`);
  const database = openDatabase(new URL(name, server.url).href, {
    poolSize: 6,
    statementTimeoutMs: 3_600_000,
    applicationName: 'bench',
  });
  toClose(() => database.close());
  await migrate(database);
  return database;
}

/** One statement outside any transaction (`alter system`, `vacuum`, `create database`). */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
