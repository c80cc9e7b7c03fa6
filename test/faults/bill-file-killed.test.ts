// A loader killed half way, twice, and two loaders on one file: what is in the end is what one quiet loader makes.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import t from 'tap';
import { loadBillers } from '../../src/billers/index.ts';
import { loadBillFile } from '../../src/bills/load-bill-file.ts';
import { receiveBillFile } from '../../src/bills/receive-bill-file.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testWorld, type TestOfDatabase } from '../support/database.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import { until } from '../support/until.ts';

const LOADER = path.join(import.meta.dirname, '../support/run-bill-file.ts');
const LINES = 60_000;
const HEADER = 'billNumber,payerId,payerName,description,amount,currency,dueOn,version';

/** New bills, bad lines, numbers that come again, near and far. */
function* lines(): Generator<Buffer> {
  yield Buffer.from(`${HEADER}\n`);
  for (let i = 0; i < LINES; i++) {
    const number = i % 97 === 0 ? `B-${i >> 1}` : `B-${i}`;
    const amount = i % 101 === 0 ? '1.5' : `${1 + (i % 500)}.500`;
    yield Buffer.from(
      `${number},E-${i % 1000},شركة النور,Contribution ${i},${amount},OMR,2026-12-31,${i % 3 === 0 ? i : ''}\n`,
    );
  }
}

async function* stream(): AsyncGenerator<Buffer> {
  yield* lines();
}

async function receive(db: Database): Promise<string> {
  const received = await receiveBillFile(db, {
    billerId: 1,
    format: 'csv',
    compressed: false,
    stream: stream(),
  });
  if ('code' in received) throw new Error(received.code);
  return received.key.fileId;
}

const ask = <Row>(db: Database, sql: string): Promise<Row[]> => db.transaction((tx) => tx.query<Row>(sql));

/** Everything that the file made, without the moments and ids of its making. */
async function outcome(db: Database): Promise<unknown> {
  return {
    file: await ask(db, 'select state, lines, created, replaced, unchanged, rejected from bill_file'),
    rejects: await ask(
      db,
      `select count(*), md5(string_agg(line || code || field || detail, ';' order by line)) from bill_file_reject`,
    ),
    bills: await ask(
      db,
      `select count(*), md5(string_agg((to_jsonb(b) - 'received_at')::text, ';' order by bill_number)) from bill b`,
    ),
    history: await ask(
      db,
      `select count(*), md5(string_agg(bill_number || reason || (content - 'received_at' - 'revision' - 'status' - 'payment_id')::text, ';'
        order by bill_number, content->>'description')) from bill_history`,
    ),
  };
}

async function progress(db: Database): Promise<number> {
  const [file] = await ask<{ lines: bigint }>(db, 'select lines from bill_file');
  return Number(file?.lines ?? 0n);
}

function startLoader(url: string, fileId: string): ChildProcess {
  return spawn(process.execPath, [...nodeArguments(LOADER), url, fileId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function killAfter(db: Database, url: string, fileId: string, lines: number): Promise<number> {
  const loader = startLoader(url, fileId);
  await until(`${lines} lines loaded`, async () => {
    if (loader.exitCode !== null) throw new Error(`the loader ended at ${await progress(db)} lines`);
    return (await progress(db)) >= lines;
  });
  const ended = once(loader, 'exit');
  loader.kill('SIGKILL');
  await ended;
  return progress(db);
}

async function quiet(t: TestOfDatabase): Promise<unknown> {
  const { db } = await testWorld(t);
  const [biller] = await db.transaction(loadBillers);
  if (biller === undefined) throw new Error('no biller');
  const fileId = await receive(db);
  if ((await loadBillFile(db, biller, fileId)) !== 'done') throw new Error('the quiet load failed');
  return outcome(db);
}

void t.test('killed half way, the file goes on where it stood', async (t) => {
  const { db, url } = await testWorld(t);
  const fileId = await receive(db);
  const first = await killAfter(db, url, fileId, 1);
  t.ok(first > 0 && first < LINES, `killed at ${first}`);
  const second = await killAfter(db, url, fileId, first + 1);
  t.ok(second > first && second < LINES, `killed again at ${second}`);
  // The bytes sent again are the same file, and the same file is loaded once.
  const again = await receiveBillFile(db, {
    billerId: 1,
    format: 'csv',
    compressed: false,
    stream: stream(),
  });
  t.match(again, { known: true, key: { fileId } });
  const last = startLoader(url, fileId);
  await once(last, 'exit');
  t.same(await outcome(db), await quiet(t));
  const [{ waiting } = { waiting: 0 }] = await ask<{ waiting: number }>(
    db,
    `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
  );
  t.equal(waiting, 0);
});

void t.test('two loaders on one file count no line twice', async (t) => {
  const { db, url } = await testWorld(t);
  const fileId = await receive(db);
  const loaders = [startLoader(url, fileId), startLoader(url, fileId), startLoader(url, fileId)];
  const said = await Promise.all(
    loaders.map(async (loader) => {
      let text = '';
      loader.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
      await once(loader, 'close');
      return text.trim();
    }),
  );
  t.equal(said.filter((word) => word === 'done').length, 1, said.join());
  t.same(await outcome(db), await quiet(t));
});

void t.test('stopped on request, the file waits at the end of a step', async (t) => {
  const { db } = await testWorld(t);
  const [biller] = await db.transaction(loadBillers);
  if (biller === undefined) throw new Error('no biller');
  const fileId = await receive(db);
  const stop = new AbortController();
  const loading = loadBillFile(db, biller, fileId, stop.signal);
  await until('lines loaded', async () => (await progress(db)) > 0);
  stop.abort();
  t.equal(await loading, 'stopped');
  const at = await progress(db);
  t.ok(at > 0 && at < LINES);
  t.equal(await loadBillFile(db, biller, fileId), 'done');
  t.equal(await loadBillFile(db, biller, fileId), 'elsewhere', 'and nothing is left to do');
  t.same(await outcome(db), await quiet(t));
});
