// Readers who stop in the middle of a stream that PostgreSQL's COPY feeds, a report being made or one being downloaded:
// no connection stays behind in the middle of it, and the next reader gets the whole. The pools have one connection or
// two, so that a single one that stuck would stop everybody.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import t, { type Test } from 'tap';
import { openDatabase, type Database } from '../../../src/platform/db/index.ts';
import { closeDay, type Batch } from '../../../src/settlement/index.ts';
import { writeCsv } from '../../../src/settlement/documents/csv.ts';
import { makeDocuments } from '../../../src/settlement/documents/make-documents.ts';
import { copyEntries } from '../../../src/settlement/documents/store-entries.ts';
import { showId } from '../../../src/kernel/ids.ts';
import { startTestGateway, type TestWorld } from '../../support/gateway.ts';
import { until } from '../../support/until.ts';
import { done, setClock } from '../../support/world.ts';
import { aPaidDay, DAY, EVENING } from './a-settled-day.ts';

interface LongDay {
  readonly world: TestWorld;
  readonly batch: Batch;
  readonly day: Batch & { readonly timeZone: string };
}

/** Lines of hundreds of kibibytes: COPY is never done before its reader has taken the first pieces. */
async function aLongDay(t: Test): Promise<LongDay> {
  const { world } = await aPaidDay(t);
  await world.db.transaction((tx) =>
    tx.query(
      `update payment_bill set payer_id = repeat(payer_id || bill_number, 1 << 16) where payer_id is not null`,
    ),
  );
  await setClock(world.db, EVENING);
  const { batch } = done(await closeDay(world.db, { billerId: 1, businessDate: DAY }));
  return { world, batch, day: { ...batch, timeZone: batch.facts.timeZone } };
}

function smallPool(t: Test, { world }: LongDay, poolSize = 1): Database {
  const db = openDatabase(world.url, { poolSize, acquireTimeoutMs: 2_000 });
  t.teardown(() => db.close());
  return db;
}

t.test('a reader stops after some pieces, or fails', async (t) => {
  const long = await aLongDay(t);
  const db = smallPool(t, long);
  const whole = await buffer(writeCsv(db, long.day));
  t.ok(whole.length > 2 * 1024 * 1024, 'longer than what is kept ready for a reader');
  const isWhole = async (after: string) =>
    t.ok((await buffer(writeCsv(db, long.day))).equals(whole), `the next gets the whole after ${after}`);
  for (const format of ['csv', 'text'] as const) {
    for (const taken of [1, 3]) {
      let left = taken;
      for await (const piece of copyEntries(db, long.day, format)) {
        t.ok(piece.length > 0);
        left -= 1;
        if (left === 0) break;
      }
      await isWhole(`${taken} pieces of ${format}`);
    }
  }
  const failing = new Writable({ write: (_, __, next) => next(new Error('the disk is full')) });
  await t.rejects(pipeline(Readable.from(writeCsv(db, long.day)), failing), { message: 'the disk is full' });
  await isWhole('a failed writer');
  const destroyed = Readable.from(writeCsv(db, long.day));
  const sink = new PassThrough();
  destroyed.pipe(sink);
  await new Promise((resolve) => sink.once('data', resolve));
  await new Promise((resolve) => destroyed.once('close', resolve).destroy());
  await isWhole('a stream that was destroyed');
});

t.test('the connection is lost in the middle', async (t) => {
  const long = await aLongDay(t);
  const db = smallPool(t, long);
  const whole = await buffer(writeCsv(db, long.day));
  const pieces = copyEntries(db, long.day, 'csv');
  await pieces.next();
  await long.world.db.transaction((tx) =>
    tx.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'copy %' and pid <> pg_backend_pid()`,
    ),
  );
  await t.rejects(async () => {
    for (;;) if ((await pieces.next()).done === true) return;
  }, 'who reads is told, and never takes a part for the whole');
  // A lost connection is found out by who uses it next.
  await until('the next gets the whole', () =>
    buffer(writeCsv(db, long.day)).then(
      (bytes) => bytes.equals(whole),
      () => false,
    ),
  );
});

t.test('a worker that stops gives its report up; the next one makes it whole', async (t) => {
  const long = await aLongDay(t);
  const { world, batch } = long;
  // One to read the detail with, and one to keep it with.
  const db = smallPool(t, long, 2);
  const stop = new AbortController();
  t.equal(await makeDocuments(db, 1, batch.settlementId, AbortSignal.abort()), 0, 'stopped before it began');
  // Stops when the first chunk of the CSV has been kept.
  const stopping: Database = {
    ...db,
    nodeOf: () => stopping,
    transaction: async (work) => {
      const result = await db.transaction(work);
      if (await hasChunk(world.db)) stop.abort();
      return result;
    },
  };
  const made = await makeDocuments(stopping, 1, batch.settlementId, stop.signal);
  t.ok(stop.signal.aborted);
  const kept = async () => {
    const rows = await world.db.transaction((tx) =>
      tx.query<{ format: string }>('select format from settlement_document'),
    );
    return rows.map(({ format }) => format);
  };
  t.equal((await kept()).length, made, 'only what is whole counts');
  t.notOk((await kept()).includes('csv'), 'the one under way was given up');
  const rest = await makeDocuments(db, 1, batch.settlementId);
  t.equal(made + rest, (await kept()).length);
  t.equal(await makeDocuments(db, 1, batch.settlementId), 0);
  const digest = createHash('sha256')
    .update(await buffer(writeCsv(db, long.day)))
    .digest();
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ sha256: Buffer }>(`select sha256 from settlement_document where format = 'csv'`),
  );
  t.same(row?.sha256, digest);
});

async function hasChunk(db: Database): Promise<boolean> {
  const rows = await db.transaction((tx) =>
    tx.query(`select from settlement_document_chunk where format = 'csv' limit 1`),
  );
  return rows.length > 0;
}

t.test('more readers than connections go away from downloads; the next gets the whole', async (t) => {
  const long = await aLongDay(t);
  const { world, batch, day } = long;
  await makeDocuments(world.db, 1, batch.settlementId);
  const whole = await buffer(writeCsv(world.db, day));
  const gateway = await startTestGateway(t, world, { WASIT_DATABASE_POOL: '2' });
  const url = `${gateway.baseUrl}/v1/settlements/${showId('stl', batch.settlementId)}/report.csv`;
  const authorization = `Bearer ${world.keys.get('om-social') ?? ''}`;
  const answerOf = (request: http.ClientRequest) =>
    new Promise<http.IncomingMessage>((resolve, reject) =>
      request.once('response', resolve).once('error', reject),
    );
  for (let i = 0; i < 8; i++) {
    const encoding = i % 2 === 0 ? 'identity' : 'gzip';
    const request = http.get(url, { headers: { authorization, 'accept-encoding': encoding } });
    const answer = await answerOf(request);
    answer.once('error', () => undefined);
    await new Promise((resolve) => answer.once('data', resolve));
    request.destroy();
  }
  const last = await answerOf(http.get(url, { headers: { authorization, 'accept-encoding': 'identity' } }));
  t.equal(last.statusCode, 200);
  t.ok((await buffer(last)).equals(whole));
  t.same(gateway.faults, []);
});
