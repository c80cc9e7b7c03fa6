// `npm test [-- files…]`: PostgreSQL and Redis of its own, a migrated template database, then tap.
// Whatever happens everything is stopped; after a failure the databases of failed tests stay on disk and are named.
// The last line is always `N passed, N failed`.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, openDatabase } from '../src/platform/db/index.ts';
import { freePort, startEmbedded, stopProcess } from '../src/platform/embedded/index.ts';
import type { EmbeddedServices } from '../src/platform/embedded/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = 'wasit_template';

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

async function testRun(files: string[]): Promise<Outcome> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-test-'));
  await fs.chmod(dataDir, 0o711); // the database's account has to reach its data
  let services: EmbeddedServices | undefined;
  let kept: string[] = [];
  try {
    const [pgPort, redisPort] = await Promise.all([freePort(), freePort()]);
    services = await startEmbedded({ dataDir, pgPort, redisPort, durable: false, log: console.log });
    await makeTemplate(services.databaseUrl);
    const result = interrupted
      ? { code: 130, summary: '0 passed, 1 failed' }
      : await runTap(files, services, dataDir);
    if (result.code !== 0) kept = await testDatabases(services.databaseUrl);
    return result;
  } catch (error) {
    console.error(error);
    return { code: 1, summary: '0 passed, 1 failed' };
  } finally {
    await services?.stop();
    await killBelow(dataDir);
    if (kept.length === 0) await fs.rm(dataDir, { recursive: true, force: true });
    else console.log(`\nkept in ${dataDir}: the databases ${kept.join(', ')}`);
  }
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await ask(adminUrl, `create database ${template}`);
  const db = openDatabase(new URL(template, adminUrl).href, { poolSize: 4 });
  try {
    await migrate(db);
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

/** tap runs in a process group of its own, so that Ctrl-C reaches it through us and nothing is left behind. */
async function runTap(files: string[], services: EmbeddedServices, dataDir: string): Promise<Outcome> {
  await fs.mkdir(path.join(dataDir, 'tmp'), { mode: 0o755 });
  tap = spawn(process.execPath, [path.join(root, 'node_modules/.bin/tap'), 'run', ...files], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TMPDIR: path.join(dataDir, 'tmp'),
      TEST_DATABASE_URL: services.databaseUrl,
      TEST_REDIS_URL: services.redisUrl,
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
