// Embedded servers that die under a running installation: started again with what was stored, not for ever, and never
// over data that is gone or that another server holds. A whole `npm start` is in test/faults/embedded-killed.test.ts.
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import t from 'tap';
import type { Test } from 'tap';
import { freePort, startEmbedded, type EmbeddedServices } from '../../src/platform/embedded/index.ts';
import { commandLine, serversIn } from '../../src/platform/embedded/processes.ts';
import { until } from '../support/until.ts';

interface Kept {
  readonly services: EmbeddedServices;
  readonly pgDir: string;
  readonly redisDir: string;
  readonly lines: string[];
  readonly lost: string[];
}

async function kept(t: Pick<Test, 'teardown'>): Promise<Kept> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-kept-'));
  await fs.chmod(dataDir, 0o711);
  const [pgPort, redisPort] = await Promise.all([freePort(), freePort()]);
  const services = await startEmbedded({ dataDir, pgPort, redisPort });
  const lines: string[] = [];
  const lost: string[] = [];
  t.teardown(async () => {
    await services.stop();
    await fs.rm(dataDir, { recursive: true, force: true });
  });
  await services.keep({ log: (line) => lines.push(line), onLost: (why) => lost.push(why), everyMs: 20 });
  const [pgDir, redisDir] = await Promise.all(
    ['pg', 'redis'].map((name) => fs.realpath(path.join(dataDir, name))),
  );
  return { services, pgDir: pgDir ?? '', redisDir: redisDir ?? '', lines, lost };
}

async function ask(services: EmbeddedServices, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: services.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const server = async (dir: string): Promise<number> => (await serversIn(dir, /./))[0] ?? 0;
const times = (lines: string[], words: string): number => lines.filter((line) => line.includes(words)).length;

t.test('killed again and again: started again with what was stored, and at last no more', async (t) => {
  const { services, pgDir, lines, lost } = await kept(t);
  await ask(services, 'create table kept as select 42 as n');
  for (let nth = 1; nth <= 5; nth++) {
    process.kill(await server(pgDir), 'SIGKILL');
    await until('PostgreSQL runs again', () => times(lines, 'PostgreSQL runs again') === nth);
    t.same(await ask(services, 'select n from kept'), [{ n: 42 }]);
  }
  t.same(lost, []);
  process.kill(await server(pgDir), 'SIGKILL');
  await until('it is lost', () => lost.length > 0);
  t.same(lost, ['the embedded PostgreSQL has ended 6 times within ten minutes']);
});

t.test('Redis is started again by itself; without it nothing is lost', async (t) => {
  const { redisDir, lines, lost } = await kept(t);
  if ((await server(redisDir)) === 0) return;
  for (let nth = 1; nth <= 5; nth++) {
    process.kill(await server(redisDir), 'SIGKILL');
    await until('Redis runs again', () => times(lines, 'Redis runs again') === nth);
  }
  process.kill(await server(redisDir), 'SIGKILL');
  await until('payments go on without it', () => times(lines, 'payments go on without it') === 1);
  t.same(lost, []);
});

t.test('data that is gone is not made anew', async (t) => {
  const { pgDir, lost } = await kept(t);
  await fs.rename(path.join(pgDir, 'PG_VERSION'), path.join(pgDir, 'moved'));
  process.kill(await server(pgDir), 'SIGKILL');
  await until('it is lost', () => lost.length > 0);
  t.match(lost, [/ended, and its data in .* is gone$/]);
});

t.test('another server that holds the data is left alone', async (t) => {
  const { pgDir, lost } = await kept(t);
  const pid = await server(pgDir);
  const [file = ''] = await commandLine(pid);
  const { uid, gid } = await fs.stat(pgDir);
  process.kill(pid, 'SIGSTOP');
  // Stands for a server that somebody has started on the same data.
  const stranger = spawn(process.execPath, ['-e', 'process.title = "postgres"; setInterval(() => 0, 1e6)'], {
    cwd: pgDir,
    argv0: file,
    uid,
    gid,
    stdio: 'ignore',
  });
  t.teardown(() => stranger.kill('SIGKILL'));
  await until('the stranger stands there', async () =>
    (await serversIn(pgDir, /^postgres$/)).includes(stranger.pid ?? 0),
  );
  process.kill(pid, 'SIGKILL');
  await until('it is lost', () => lost.length > 0);
  t.match(lost, [new RegExp(`another one \\(process ${stranger.pid}\\) holds its data`)]);
  t.equal(stranger.exitCode, null);
  stranger.kill('SIGKILL');
});
