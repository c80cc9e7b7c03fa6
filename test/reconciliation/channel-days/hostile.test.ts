// Day files made to hurt, and what is told of each. Nothing of such a file counts, and memory stays.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { matched, send, told } from '../../support/day-files.ts';
import { startTestWorld } from '../../support/gateway.ts';

const HEADER = 'reference,amount,currency,status';
const GOOD = 'r-1,10.000,OMR,accepted';
const csv = (...lines: string[]): string => [HEADER, ...lines].join('\n');

void t.test('what is refused at once', async (t) => {
  const world = await startTestWorld(t);
  const gzip = { 'content-encoding': 'gzip' };
  const zipped = gzipSync(csv(GOOD));
  const digest = `sha-256=:${createHash('sha256').update('other').digest('base64')}:`;
  const cases: [string, string | Buffer, Record<string, string>, number, RegExp][] = [
    ['empty', '', {}, 400, /empty/],
    ['other bytes than announced', csv(GOOD), { 'content-digest': digest }, 400, /Content-Digest/],
    ['an unknown column', `${HEADER},colour\n`, {}, 400, /unknown column "colour"/],
    ['a column missing', 'reference,amount\n', {}, 400, /lacks currency, status/],
    ['a column twice', `${HEADER},status\n`, {}, 400, /twice/],
    [
      'UTF-16 with its mark',
      Buffer.from(`\ufeff${csv(GOOD)}`, 'utf16le'),
      {},
      400,
      /UTF-16: send it as UTF-8/,
    ],
    ['UTF-16 without', Buffer.from(csv(GOOD), 'utf16le'), {}, 400, /UTF-16/],
    [
      'UTF-16 as NDJSON',
      Buffer.from('{}', 'utf16le'),
      { 'content-type': 'application/x-ndjson' },
      400,
      /UTF-16/,
    ],
    ['Windows-1256 in the header', Buffer.from([0xe3, 0xd1, 0xcc, 0xda, 0x0a]), {}, 400, /not UTF-8/],
    ['gzip unsaid', zipped, {}, 400, /content-encoding: gzip/],
    ['gzip said of text', csv(GOOD), gzip, 400, /the bytes are none/],
    ['gzip cut short', zipped.subarray(0, -9), gzip, 400, /gzip stream is broken/],
  ];
  for (const [name, bytes, headers, status, detail] of cases) {
    const answer = await send(world, bytes, { headers });
    t.match([answer.status, answer.body.errors?.[0]?.detail], [status, detail], name);
  }
  t.match(await send(world, csv(GOOD), { headers: { 'content-type': 'application/pdf' } }), { status: 415 });
  t.match(await send(world, csv(GOOD), { headers: { 'content-encoding': 'br' } }), { status: 415 });
  const left = await world.db.transaction((tx) =>
    tx.query('select from channel_file union all select from channel_file_chunk'),
  );
  t.same(left, [], 'what was refused left nothing');
});

void t.test('what fails when it is read', async (t) => {
  const world = await startTestWorld(t);
  const before = process.memoryUsage().rss;
  const gzip = { 'content-encoding': 'gzip' };
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const many = Array.from(
    { length: 30_000 },
    (_, i) => `${createHash('sha256').update(String(i)).digest('hex')},10.000,OMR,accepted`,
  );
  const bomb = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.alloc(25 * 1024 * 1024, 0x41)]);
  const endless = csv(GOOD, 'x'.repeat(30 * 1024 * 1024), GOOD);
  const cases: [string, string | Buffer, Record<string, string>, [number | null, string, RegExp]][] = [
    ['a bomb', gzipSync(bomb, { level: 9 }), gzip, [null, '', /inflates to more than 200 times/]],
    [
      'gzip cut short late',
      gzipSync(csv(...many)).subarray(0, -1000),
      gzip,
      [null, '', /gzip stream is broken/],
    ],
    ['a line without end', endless, {}, [3, '', /longer than 64 KiB/]],
    ['a NUL', csv(GOOD, 'r\u0000,1.000,OMR,accepted'), {}, [3, 'reference', /must be 1 to 64/]],
    [
      'Windows-1256 in a line',
      Buffer.concat([Buffer.from(csv(GOOD, '')), Buffer.from([0xe3, 0x0a])]),
      {},
      [3, '', /not UTF-8/],
    ],
    ['a formula as reference', csv('=cmd(),1.000,OMR,accepted'), {}, [2, 'reference', /must be/]],
    ['fields too few', csv(GOOD, 'r-2,1.000'), {}, [3, '', /2 fields where the header has 4/]],
    ['wrong decimals', csv('r-1,1.00,OMR,accepted'), {}, [2, 'amount', /3 decimals of OMR/]],
    ['a sign', csv('r-1,-1.000,OMR,accepted'), {}, [2, 'amount', /without a sign/]],
    ['too much', csv('r-1,9999999999999.000,OMR,accepted'), {}, [2, 'amount', /10\^15/]],
    [
      'too much in all',
      csv(...Array.from({ length: 101 }, () => 'r-1,999999999999.999,OMR,accepted')),
      {},
      [102, 'amount', /come to more than can be booked/],
    ],
    ['no currency', csv('r-1,1.000,XXX,accepted'), {}, [2, 'currency', /ISO 4217/]],
    ['another status', csv('r-1,1.000,OMR,ACCEPTED'), {}, [2, 'status', /one of accepted, reversed/]],
    ['a quote left open', csv('"r-1,1.000,OMR,accepted', GOOD), {}, [2, '', /never closed/]],
    ['a line break in a field', csv('"r\n1",1.000,OMR,accepted'), {}, [2, '', /line break/]],
    ['no JSON', '{"reference"', ndjson, [1, '', /not a JSON object/]],
    ['a number', '{"reference":"r","amount":1}', ndjson, [1, 'amount', /must be a string/]],
    [
      'a name twice',
      String.raw`{"reference":"r","amount":"1.000","currency":"OMR","status":"accepted","\u0061mount":"2.000"}`,
      ndjson,
      [1, 'amount', /comes twice in the line/],
    ],
    ['an unknown name', '\n{"__proto__":"r"}', ndjson, [2, '__proto__', /not known/]],
    ['a name missing', '{"reference":"r"}', ndjson, [1, 'currency', /ISO 4217/]],
  ];
  for (const [name, bytes, headers, [line, field, detail]] of cases) {
    t.match(await send(world, bytes, { headers }), { status: 202 }, name);
    const day = await matched(world);
    t.match(day, { state: 'failed', version: null, totals: [], faults: [{ line, field, detail }] }, name);
  }
  t.same(await told(world), []);
  const spoiled = Array.from({ length: 500 }, () => 'x');
  await send(world, csv(...spoiled));
  t.equal((await matched(world)).faults.length, 100, 'the first hundred are told');
  const staged = await world.db.transaction((tx) =>
    tx.query(`select tablename from pg_tables where schemaname = 'staging'`),
  );
  t.same(staged, [], 'nothing is left behind');
  const grown = process.memoryUsage().rss - before;
  t.ok(grown < 500 * 1024 * 1024, `memory: the test's own payload beside little of ours (${grown >> 20} MB)`);
});

void t.test('the file of another day, and one that says one thing fifty thousand times', async (t) => {
  const world = await startTestWorld(t);
  const strange = Array.from({ length: 100_001 }, (_, i) => `other-${i},1.000,OMR,accepted`);
  await send(world, gzipSync(csv(...strange)), { headers: { 'content-encoding': 'gzip' } });
  t.match(await matched(world), {
    state: 'failed',
    faults: [{ line: null, detail: /100001 lines and payments do not agree.*is it the file of this day/ }],
  });
  t.same(await told(world), [], 'not a break of it was opened');
  const same = Array.from({ length: 50_000 }, () => 'r-1,1999999999.999,OMR,accepted');
  await send(world, csv(...same));
  t.match(await matched(world), {
    state: 'provisional',
    breaks: [
      { kind: 'duplicate-there', open: 1 },
      { kind: 'missing-here', open: 1 },
    ],
    totals: [{ theirs: { count: 50_000, amount: { value: '99999999999950.000' } }, matched: { count: 0 } }],
  });
});
