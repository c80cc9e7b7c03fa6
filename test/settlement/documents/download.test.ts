// Downloads over HTTP: digests, conditions, ranges, gzip, languages, and who may have what.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { openDatabase } from '../../../src/platform/db/index.ts';
import { makeDocuments } from '../../../src/settlement/documents/index.ts';
import { until } from '../../support/until.ts';
import { aSettledDay, type SettledDay } from './a-settled-day.ts';

interface Got {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly bytes: Buffer;
}

/** Plain HTTP: nothing is asked for and nothing unpacked by itself. */
async function get(
  { world, shownId }: SettledDay,
  file: string,
  headers: Record<string, string> = {},
  client = 'om-social',
  method = 'GET',
): Promise<Got> {
  const url = `${world.baseUrl}/v1/settlements/${shownId}/${file}`;
  const authorization = `Bearer ${world.keys.get(client) ?? ''}`;
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) =>
    http
      .request(url, { method, headers: { authorization, ...headers } }, resolve)
      .once('error', reject)
      .end(),
  );
  const bytes = await buffer(answer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, trailers: answer.trailers, bytes };
}

const digestOf = (bytes: Buffer) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
const codeOf = ({ bytes }: Got): unknown => (JSON.parse(bytes.toString()) as { code: string }).code;

t.test('before they are made: 503 with a time to come back; another agency’s: 404', async (t) => {
  const day = await aSettledDay(t);
  const early = await get(day, 'report.pdf');
  t.match([early.status, codeOf(early), early.headers['retry-after']], [503, 'report-not-ready', '5']);
  const other = await get(day, 'report.pdf', {}, 'dz-social');
  t.match([other.status, codeOf(other)], [404, 'settlement-not-found']);
  const channel = await get(day, 'report.pdf', {}, 'bank');
  t.equal(channel.status, 403);
  const strange = await get(day, 'report.doc');
  t.match([strange.status, codeOf(strange)], [400, 'malformed-request']);
});

t.test('whole, in part, packed, and not at all when it is there already', async (t) => {
  const day = await aSettledDay(t);
  await makeDocuments(day.world.db, 1, day.batch.settlementId);
  const whole = await get(day, 'report.csv');
  t.equal(whole.status, 200);
  t.match(whole.headers, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="om-social-2026-11-22-settlement.csv"',
    'content-digest': digestOf(whole.bytes),
    'content-length': String(whole.bytes.length),
    'accept-ranges': 'bytes',
  });
  const etag = whole.headers.etag ?? '';
  const again = await get(day, 'report.csv', { 'if-none-match': etag });
  t.match([again.status, again.bytes.length], [304, 0]);
  const part = await get(day, 'report.csv', { range: 'bytes=10-19', 'if-range': etag });
  t.equal(part.status, 206);
  t.same(part.bytes, whole.bytes.subarray(10, 20));
  t.equal(part.headers['content-range'], `bytes 10-19/${whole.bytes.length}`);
  t.equal(part.headers['repr-digest'], digestOf(whole.bytes));
  const end = await get(day, 'report.csv', { range: 'bytes=-5' });
  t.same(end.bytes, whole.bytes.subarray(-5));
  const stale = await get(day, 'report.csv', { range: 'bytes=10-19', 'if-range': '"other"' });
  t.same([stale.status, stale.bytes.length], [200, whole.bytes.length]);
  const beyond = await get(day, 'report.csv', { range: `bytes=${whole.bytes.length}-` });
  t.match([beyond.status, codeOf(beyond)], [416, 'range-not-satisfiable']);
  t.equal(beyond.headers['content-range'], `bytes */${whole.bytes.length}`);
  const packed = await get(day, 'report.csv', { 'accept-encoding': 'gzip' });
  t.equal(packed.headers['content-encoding'], 'gzip');
  t.same(gunzipSync(packed.bytes), whole.bytes);
  t.equal(packed.trailers['content-digest'], digestOf(packed.bytes));
  t.not(packed.headers.etag, etag);
});

t.test('HEAD tells what GET would, and sends nothing', async (t) => {
  const day = await aSettledDay(t);
  await makeDocuments(day.world.db, 1, day.batch.settlementId);
  const etag = (await get(day, 'report.csv')).headers.etag ?? '';
  const ways: Record<string, string>[] = [
    {},
    { range: 'bytes=10-19' },
    { 'if-none-match': etag },
    { 'accept-encoding': 'gzip' },
  ];
  const lasting = ({
    status,
    headers: { date: _, 'x-request-id': __, trailer: ___, ...headers },
  }: Got): unknown => [
    status,
    Object.entries(headers).filter(([name]) => !/^(ratelimit-|transfer-encoding)/.test(name)),
  ];
  for (const headers of ways) {
    const head = await get(day, 'report.csv', headers, 'om-social', 'HEAD');
    t.equal(head.bytes.length, 0);
    t.same(lasting(head), lasting(await get(day, 'report.csv', headers)), JSON.stringify(headers));
  }
  t.equal((await get(day, 'report.csv', {}, 'dz-social', 'HEAD')).status, 404);
});

t.test('with a byte order mark for those who need it, and its own digest', async (t) => {
  const day = await aSettledDay(t);
  await makeDocuments(day.world.db, 1, day.batch.settlementId);
  const plain = await get(day, 'report.csv');
  const marked = await get(day, 'report.csv?bom=true');
  t.same(marked.bytes, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain.bytes]));
  t.equal(marked.headers['content-digest'], digestOf(marked.bytes));
  t.not(marked.headers.etag, plain.headers.etag);
  const part = await get(day, 'report.csv?bom=true', { range: 'bytes=1-5' });
  t.same(part.bytes, marked.bytes.subarray(1, 6));
});

t.test('in the language that is asked for', async (t) => {
  const day = await aSettledDay(t);
  await makeDocuments(day.world.db, 1, day.batch.settlementId);
  const languages = [
    await get(day, 'report.pdf?language=fr', { 'accept-language': 'ar' }),
    await get(day, 'report.pdf', { 'accept-language': 'ar-OM' }),
    await get(day, 'report.xlsx', {}),
  ].map(({ headers }) => [headers['content-language'], headers['content-disposition']]);
  t.same(languages, [
    ['fr', 'attachment; filename="om-social-2026-11-22-settlement-fr.pdf"'],
    ['ar', 'attachment; filename="om-social-2026-11-22-settlement-ar.pdf"'],
    // The agency of this world has an English name only.
    ['en', 'attachment; filename="om-social-2026-11-22-settlement-en.xlsx"'],
  ]);
});

t.test('a reader who goes away leaves nothing open', async (t) => {
  const day = await aSettledDay(t);
  const { world, batch, shownId } = day;
  await makeDocuments(world.db, 1, batch.settlementId);
  // As long as a file of hundreds of megabytes would be.
  const key = [batch.billerId, batch.settlementId];
  await world.db.transaction((tx) =>
    tx.query(
      `insert into settlement_document_chunk select biller_id, settlement_id, format, language, n, convert_to(repeat('x', 1048576), 'UTF8')
         from settlement_document cross join generate_series(0, 63) n where biller_id = $1 and settlement_id = $2 and format = 'csv'
       on conflict (biller_id, settlement_id, format, language, chunk) do update set bytes = excluded.bytes`,
      key,
    ),
  );
  await world.db.transaction((tx) =>
    tx.query(
      `update settlement_document set bytes = 64 * 1048576 where biller_id = $1 and settlement_id = $2 and format = 'csv'`,
      key,
    ),
  );
  const authorization = `Bearer ${world.keys.get('om-social') ?? ''}`;
  const headers = { authorization, 'accept-encoding': 'identity' };
  for (const encoding of ['identity', 'gzip']) {
    const request = http.get(`${world.baseUrl}/v1/settlements/${shownId}/report.csv`, {
      headers: { ...headers, 'accept-encoding': encoding },
    });
    const answer = await new Promise<http.IncomingMessage>((resolve) => request.once('response', resolve));
    await new Promise((resolve) => answer.once('data', resolve));
    answer.once('error', () => undefined);
    request.destroy();
  }
  const other = openDatabase(world.url, { poolSize: 1 });
  t.teardown(() => other.close());
  await until('nothing is open', async () => {
    const [row] = await other.transaction((tx) =>
      tx.query<{ open: number }>(
        `select count(*)::int as open from pg_stat_activity
          where datname = current_database() and application_name = 'wasit-gateway' and state <> 'idle'`,
      ),
    );
    return row?.open === 0;
  });
  t.same((await get(day, 'report.json')).status, 200);
  t.same(world.faults, []);
});
