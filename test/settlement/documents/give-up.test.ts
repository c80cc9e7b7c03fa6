// Readers who stop in the middle of a report, while it is made or downloaded: no connection stays behind, and the next
// reader gets the whole. The pools have one connection or two, so that a single one that stuck would stop everybody.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import t, { type Test } from 'tap';
import { openDatabase, type Database, type Tx } from '../../../src/platform/db/index.ts';
import { closeDay, type Batch } from '../../../src/settlement/index.ts';
import { writeCsv } from '../../../src/settlement/documents/csv.ts';
import { makeDocuments } from '../../../src/settlement/documents/make-documents.ts';
import { ENTRY_COLUMNS } from '../../../src/settlement/documents/entry-columns.ts';
import { readFields } from '../../../src/settlement/documents/entry-fields.ts';
import { showId } from '../../../src/kernel/ids.ts';
import { startTestGateway, type TestWorld } from '../../support/gateway.ts';
import { lockWaiters, until } from '../../support/until.ts';
import { done, setClock } from '../../support/world.ts';
import { aPaidDay, DAY, EVENING } from './a-settled-day.ts';

interface LongDay {
  readonly world: TestWorld;
  readonly batch: Batch;
  readonly day: Batch & { readonly timeZone: string };
}

/** Lines of hundreds of kibibytes: a reader who has taken a piece is far from the end. */
async function aLongDay(t: Test): Promise<LongDay> {
  const { world } = await aPaidDay(t);
  await world.db.transaction((tx) =>
    tx.query(
      `update payment_bill set payer_id = repeat(payer_id || bill_number, 1 << 16) where payer_id is not null and refusal is null`,
    ),
  );
  await setClock(world.db, EVENING);
  const { batch } = done(await closeDay(world.db, { billerId: 1, businessDate: DAY }));
  return { world, batch, day: { ...batch, timeZone: batch.facts.timeZone } };
}

function smallPool(t: Test, { world }: LongDay): Database {
  const db = openDatabase(world.url, { poolSize: 1, acquireTimeoutMs: 2_000 });
  t.teardown(() => db.close());
  return db;
}

t.test('a reader stops, or fails', async (t) => {
  const long = await aLongDay(t);
  const db = smallPool(t, long);
  const whole = await buffer(writeCsv(db, long.day));
  t.ok(whole.length > 2 * 1024 * 1024, 'longer than what is kept ready for a reader');
  const isWhole = async (after: string) =>
    t.ok((await buffer(writeCsv(db, long.day))).equals(whole), `the next gets the whole after ${after}`);
  for (const taken of [1, 2, 4]) {
    const pieces = writeCsv(db, long.day);
    for (let i = 0; i < taken; i++) await pieces.next();
    await pieces.return();
    await isWhole(`${taken} pieces`);
  }
  for await (const fields of readFields(db, long.day)) {
    t.equal(fields.length, ENTRY_COLUMNS.length);
    break;
  }
  await isWhole('a line of texts');
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

t.test('a reader stops, or the connection is lost, while a page is being read', async (t) => {
  const long = await aLongDay(t);
  const { world, day } = long;
  const db = smallPool(t, long);
  const whole = await buffer(writeCsv(db, day));
  const whileItWaits = (read: () => Promise<string>, then: (tx: Tx) => Promise<unknown>) =>
    world.db.transaction(async (tx) => {
      await tx.query('lock table reversal in access exclusive mode'); // the page that is read ahead
      const reading = read();
      await until('its page is under way', async () => (await lockWaiters(world.db)) === 1);
      await then(tx);
      return { reading };
    });
  const stopped = await whileItWaits(
    async () => {
      let pieces = 0;
      for await (const piece of writeCsv(db, day)) {
        pieces += 1;
        if (pieces > 1 && piece.length > 0) break; // the first is the header
      }
      return 'stopped';
    },
    () => Promise.resolve(),
  );
  t.equal(await stopped.reading, 'stopped');
  t.ok((await buffer(writeCsv(db, day))).equals(whole));
  const lost = await whileItWaits(
    () =>
      buffer(writeCsv(db, day)).then(
        (bytes) => `${bytes.length} bytes`,
        () => 'told',
      ),
    (tx) =>
      tx.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      ),
  );
  t.equal(await lost.reading, 'told', 'who reads never takes a part for the whole');
  // A lost connection is found out by who uses it next.
  await until('the next gets the whole', () =>
    buffer(writeCsv(db, day)).then(
      (bytes) => bytes.equals(whole),
      () => false,
    ),
  );
});

t.test('a worker that stops gives its report up; the next one makes it whole', async (t) => {
  const long = await aLongDay(t);
  const { world, batch } = long;
  const db = smallPool(t, long);
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
