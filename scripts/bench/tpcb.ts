// The yardstick: PostgreSQL's own TPC-B-like load at its best client count, on the same server. By pgbench where it
// is installed; else its statements are sent by the driver from this process, and the report says so.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { ask, type BenchServer } from './server.ts';

const run = promisify(execFile);
const SCALE = 10;
const CLIENTS = [8, 16, 32, 64];

export interface Tpcb {
  /** How the load is driven, for the report. */
  readonly means: string;
  readonly clients: number;
  /** Transactions a second at the best client count, measured for so long. */
  measure(seconds: number): Promise<number>;
}

/** Creates the database `tpcb`, fills it and finds the best of 8, 16, 32 and 64 clients. */
export async function prepareTpcb(server: BenchServer): Promise<Tpcb> {
  await ask(server.url, 'create database tpcb');
  const url = new URL('tpcb', server.url).href;
  const version = await run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  const measure = version === undefined ? byDriver(url) : byPgbench(url);
  if (version === undefined) await createTables(url);
  else await run('pgbench', ['-i', '-q', '-s', String(SCALE), url]);
  let best = { clients: 0, rate: 0 };
  for (const clients of CLIENTS) {
    const rate = await measure(clients, 3);
    console.error(`  TPC-B-like, ${clients} clients: ${Math.round(rate)}/s`);
    if (rate > best.rate) best = { clients, rate };
  }
  const means =
    version === undefined
      ? "TPC-B's statements sent by the driver (pgbench is not installed)"
      : `${version}, -M prepared -s ${SCALE}`;
  return { means, clients: best.clients, measure: (seconds) => measure(best.clients, seconds) };
}

/** -M prepared is its fastest way, so the hardest yardstick. -n: no vacuum before each run. */
function byPgbench(url: string): (clients: number, seconds: number) => Promise<number> {
  return async (clients, seconds) => {
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), url];
    const { stdout } = await run('pgbench', args);
    const rate = /^tps = ([0-9.]+)/m.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`pgbench said no rate: ${stdout}`);
    return Number(rate);
  };
}

async function createTables(url: string): Promise<void> {
  await ask(
    url,
    `create table pgbench_branches (bid int primary key, bbalance int, filler char(88)) with (fillfactor = 100);
     create table pgbench_tellers (tid int primary key, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
     create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84)) with (fillfactor = 100);
     create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
     insert into pgbench_branches select n, 0, '' from generate_series(1, ${SCALE}) n;
     insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0, '' from generate_series(1, ${SCALE * 10}) n;
     insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${SCALE * 100_000}) n;
     analyze`,
  );
}

function byDriver(url: string): (clients: number, seconds: number) => Promise<number> {
  return async (clients, seconds) => {
    const until = performance.now() + seconds * 1000;
    const counts = await Promise.all(Array.from({ length: clients }, () => transactions(url, until)));
    return counts.reduce((sum, count) => sum + count, 0) / seconds;
  };
}

async function transactions(url: string, until: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const send = (name: string, text: string, values: number[]) => client.query({ name, text, values });
  let count = 0;
  for (; performance.now() < until; count++) {
    const [aid, bid, tid] = [SCALE * 100_000, SCALE, SCALE * 10].map(
      (n) => 1 + Math.floor(Math.random() * n),
    ) as [number, number, number];
    const delta = Math.floor(Math.random() * 10_001) - 5000;
    await client.query('begin');
    await send('a', 'update pgbench_accounts set abalance = abalance + $1 where aid = $2', [delta, aid]);
    await send('s', 'select abalance from pgbench_accounts where aid = $1', [aid]);
    await send('t', 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid]);
    await send('b', 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2', [delta, bid]);
    await send(
      'h',
      'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
      [tid, bid, aid, delta],
    );
    await client.query('end');
  }
  await client.end();
  return count;
}
