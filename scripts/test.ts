// `npm test [-- files or folders…]`: PostgreSQL and Redis of its own, a migrated template database, the tests bundled,
// then tap.
// Whatever happens everything is stopped; after a failure the databases of failed tests stay on disk and are named.
// The last line is always `N passed, N failed`.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { migrate, openDatabase } from '../src/platform/db/index.ts';
import { freePort, startEmbedded, stopProcess } from '../src/platform/embedded/index.ts';
import type { EmbeddedServices } from '../src/platform/embedded/index.ts';
import { isoSchemaFolder } from '../test/support/iso-schema-folder.ts';
import { makeWorld, MORNING } from '../test/support/world.ts';
import { buildTests, newFolder } from './build-tests.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = 'wasit_template';
const world = 'wasit_world';
const NO_SCHEMAS =
  'documents to banks are not held to the schemas of ISO 20022: WASIT_ISO_SCHEMAS names no folder with them';

interface Outcome {
  code: number;
  summary: string;
}

let tap: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    interrupted = true;
    stopTap();
  });

const outcome = await testRun(process.argv.slice(2));
console.log(outcome.summary);
process.exitCode = outcome.code;

async function testRun(wanted: string[]): Promise<Outcome> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-test-'));
  await fs.chmod(dataDir, 0o711); // the database's account has to reach its data
  const built = await newFolder(root);
  let services: EmbeddedServices | undefined;
  let kept: string[] = [];
  try {
    if (isoSchemaFolder() === undefined) console.log(NO_SCHEMAS);
    const files = await testFiles(wanted);
    await buildTests(root, files, built);
    const [pgPort, redisPort] = await Promise.all([freePort(), freePort()]);
    services = await startEmbedded({ dataDir, pgPort, redisPort, durable: false, log: console.log });
    await makeTemplate(services.databaseUrl);
    const keys = await makeWorldTemplate(services.databaseUrl);
    const result = interrupted
      ? { code: 130, summary: '0 passed, 1 failed' }
      : await runTap([built, ...files], { services, keys, dataDir });
    if (result.code !== 0) kept = await testDatabases(services.databaseUrl);
    return result;
  } catch (error) {
    console.error(error);
    return { code: 1, summary: '0 passed, 1 failed' };
  } finally {
    await services?.stop();
    await killBelow(dataDir);
    await fs.rm(built, { recursive: true, force: true });
    if (kept.length === 0) await fs.rm(dataDir, { recursive: true, force: true });
    else console.log(`\nkept in ${dataDir}: the databases ${kept.join(', ')}`);
  }
}

/** Paths from the root; of a folder those in it and below, of nothing all. */
async function testFiles(wanted: string[]): Promise<string[]> {
  const found = wanted.length > 0 ? wanted.map((name) => path.relative(root, path.resolve(name))) : ['test'];
  const files = await Promise.all(
    found.map(async (name) => {
      if (name.endsWith('.test.ts')) return [name];
      const below = await fs.readdir(path.join(root, name), { recursive: true });
      return below.filter((file) => file.endsWith('.test.ts')).map((file) => path.join(name, file));
    }),
  );
  if (files.flat().length === 0) throw new Error(`there is no test in ${wanted.join(', ')}`);
  return [...new Set(files.flat())].sort();
}

/** With the tables of the queue, which would otherwise be made in each copy that a gateway or a worker opens. */
async function makeTemplate(adminUrl: string): Promise<void> {
  await ask(adminUrl, `create database ${template}`);
  const url = new URL(template, adminUrl).href;
  const db = openDatabase(url, { poolSize: 4 });
  const client = new pg.Client({ connectionString: url });
  try {
    await migrate(db);
    await client.connect();
    await runMigrations(client);
  } finally {
    await client.end();
    await db.close();
  }
}

/** The small world in which most tests begin, to be copied by them; the keys of its clients. */
async function makeWorldTemplate(adminUrl: string): Promise<ReadonlyMap<string, string>> {
  await ask(adminUrl, `create database ${world} template ${template}`);
  const url = new URL(world, adminUrl).href;
  const db = openDatabase(url, { poolSize: 1 });
  try {
    // In a copy the clock is set to its morning: nothing in it may be later.
    const at = new Date(Date.parse(MORNING) - 60_000).toISOString();
    return (await makeWorld({ db, url }, { at })).keys;
  } finally {
    await db.close();
  }
}

async function testDatabases(adminUrl: string): Promise<string[]> {
  const rows = await ask(
    adminUrl,
    `select datname from pg_database where datname like 'test\\_%' order by 1`,
  );
  return rows.map((row) => String(row['datname']));
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

interface TapParts {
  readonly services: EmbeddedServices;
  readonly keys: ReadonlyMap<string, string>;
  readonly dataDir: string;
}

/** tap runs in a process group of its own, so that Ctrl-C reaches it through us and nothing is left behind. */
async function runTap(args: string[], { services, keys, dataDir }: TapParts): Promise<Outcome> {
  await fs.mkdir(path.join(dataDir, 'tmp'), { mode: 0o755 });
  tap = spawn(process.execPath, [path.join(root, 'scripts/run-tests.mjs'), ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TMPDIR: path.join(dataDir, 'tmp'),
      TEST_DATABASE_URL: services.databaseUrl,
      TEST_REDIS_URL: services.redisUrl,
      TEST_WORLD_KEYS: JSON.stringify([...keys]),
    },
  });
  const ended = new Promise<number>((resolve, reject) => {
    tap?.once('error', reject);
    tap?.once('exit', (code) => resolve(code ?? 1));
  });
  let summary = '';
  if (tap.stdout)
    for await (const line of readline.createInterface({ input: tap.stdout }))
      if (/^\d+ passed, \d+ failed$/.test(line)) summary = line;
      else console.log(line);
  const code = await ended;
  if (interrupted) return { code: 130, summary: summary || '0 passed, 1 failed' };
  if (summary === '') return { code: code || 1, summary: '0 passed, 1 failed' };
  return { code: code === 0 && !summary.endsWith(', 0 failed') ? 1 : code, summary };
}

function stopTap(): void {
  const pid = tap?.pid;
  if (!pid || tap?.exitCode !== null) return;
  process.kill(-pid, 'SIGTERM');
  setTimeout(() => {
    if (tap?.exitCode === null && tap.signalCode === null) process.kill(-pid, 'SIGKILL');
  }, 5000).unref();
}

/** Servers that a test started in its temporary directory and, interrupted or timed out, could not stop. */
async function killBelow(dir: string): Promise<void> {
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const cwd = await fs.readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (cwd.startsWith(`${dir}/`)) await stopProcess(pid, [['SIGKILL', 5000]]);
  }
}
