// Bill files over HTTP, from the first byte to the last reject: CSV, NDJSON, gzip, the same file again, and what is
// refused at once.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { signRequest } from '../../src/channels/credentials/index.ts';
import { get, HEADER, line, loaded, rejects, send } from '../support/bill-files.ts';
import { startBillsGateway, type BillsGateway } from '../support/bills-gateway.ts';
import { until } from '../support/until.ts';
import { setClock } from '../support/world.ts';

/** Waits until every file is loaded. */
async function found(world: BillsGateway): Promise<void> {
  await until('every file loaded', async () => {
    const waiting = await world.db.transaction((tx) =>
      tx.query(`select from bill_file where state <> 'done'`),
    );
    return waiting.length === 0;
  });
}

async function bills(world: BillsGateway): Promise<Record<string, unknown>[]> {
  return world.db.transaction((tx) =>
    tx.query(`select bill_number, description, amount_minor::int as amount, version::int as version, revision, status
                from bill order by bill_number`),
  );
}

void t.test('a CSV file with good and bad lines, again, and changed', async (t) => {
  const world = await startBillsGateway(t);
  const file = [
    HEADER,
    line('B-1'),
    line('B-2', { version: '4' }),
    line('B-3', { amount: '1.5' }),
    '',
    line('B-4', { currency: 'QAR', amount: '1.00' }),
    line('B-5'),
    '',
  ].join('\r\n');
  const sent = await send(world, file);
  t.equal(sent.status, 202);
  t.match(sent.body.fileId, /^bfl_[0-9a-z]{26}$/);
  const done = await loaded(world, sent.body.fileId);
  t.match(done, {
    state: 'done',
    format: 'csv',
    lines: 5,
    created: 3,
    replaced: 0,
    unchanged: 0,
    rejected: 2,
    failure: null,
  });
  t.same(
    [done.bytes, done.sha256],
    [Buffer.byteLength(file), createHash('sha256').update(file).digest('hex')],
  );
  t.same(await rejects(world, sent.body.fileId), [
    'line,code,field,detail',
    '4,malformed-request,amount,must have exactly the decimals of OMR and be at most 10^15 minor units',
    '6,currency-mismatch,currency,"must be OMR, the currency of the biller"',
  ]);

  const asFile = await get(world, `/v1/bill-files/${sent.body.fileId}/rejects`);
  t.match(asFile.headers.get('content-type'), /^text\/csv/);

  const again = await send(world, file);
  t.same([again.status, again.body.fileId], [200, sent.body.fileId], 'the same bytes are the same file');
  t.same(
    (await bills(world)).map((bill) => [bill.bill_number, bill.revision]),
    [
      ['B-1', 1],
      ['B-2', 1],
      ['B-5', 1],
    ],
  );

  const changed = [
    HEADER,
    line('B-1'),
    line('B-2', { version: '3', description: 'Old' }),
    line('B-5', { amount: '9.000' }),
    line('B-6'),
    line('B-6', { description: 'Second' }),
    line('B-6', { description: 'Second' }),
    line('B-7', { version: '1' }),
    line('B-7', { version: '1', description: 'Other' }),
  ].join('\n');
  const second = await send(world, changed);
  t.match(await loaded(world, second.body.fileId), {
    state: 'done',
    lines: 8,
    created: 2,
    replaced: 2,
    unchanged: 2,
    rejected: 2,
  });
  t.same(await rejects(world, second.body.fileId), [
    'line,code,field,detail',
    '3,stale-version,version,a higher version of the bill is known',
    '9,version-reused,version,this version of the bill is known with other content',
  ]);
  t.match(await bills(world), [
    { bill_number: 'B-1', revision: 1 },
    { bill_number: 'B-2', revision: 1, version: 4 },
    { bill_number: 'B-5', revision: 2, amount: 9000 },
    { bill_number: 'B-6', revision: 2, description: 'Second' },
    { bill_number: 'B-7', revision: 1, version: 1, description: 'Due' },
  ]);
  t.match(await send(world, file), { status: 202 }, 'only the latest file is compared');
});

void t.test('a line of a file and a PUT are the same bill', async (t) => {
  const world = await startBillsGateway(t);
  const body = {
    payerId: 'E-1',
    payerName: 'شركة النور',
    description: 'Due',
    amount: { value: '1.500', currency: 'OMR' },
    dueOn: '2026-12-31',
  };
  const sent = await send(world, [HEADER, line('S-1')].join('\n'));
  await loaded(world, sent.body.fileId);
  const put = await fetch(`${world.baseUrl}/v1/bills/S-1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.key('om-social')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  t.match([put.status, await put.json()], [200, { revision: 1 }]);
  const ndjson = await send(world, `${JSON.stringify({ billNumber: 'S-1', ...body })}\n`, {
    'content-type': 'application/x-ndjson',
  });
  t.match(await loaded(world, ndjson.body.fileId), { format: 'ndjson', created: 0, unchanged: 1 });
  const rich = {
    billNumber: 'S-2',
    ...body,
    payerName: 'back\\slash \\N',
    penalty: [{ percent: '2', every: 'once' }],
    lines: [{ budgetLine: '70', amount: { value: '1.500', currency: 'OMR' } }],
  };
  const second = await send(world, `${JSON.stringify(rich)}\n`, {
    'content-type': 'application/ndjson; charset=utf-8',
  });
  t.match(await loaded(world, second.body.fileId), { created: 1 });
  const got = (await (await get(world, '/v1/bills/S-2')).json()) as object;
  t.match(got, rich, 'nothing is lost on the way through COPY');
});

void t.test('bills that may not change, in the rules of PUT', async (t) => {
  const world = await startBillsGateway(t);
  await loaded(
    world,
    (
      await send(
        world,
        [HEADER, line('K-1', { version: '1' }), line('K-2', { version: '1' }), line('K-3'), line('K-4')].join(
          '\n',
        ),
      )
    ).body.fileId,
  );
  await world.db.transaction(async (tx) => {
    await tx.query(`update bill set status = 'paid' where bill_number = 'K-1'`);
    await tx.query(`update bill set status = 'cancelled' where bill_number in ('K-2', 'K-3')`);
  });
  const file = [
    HEADER,
    line('K-1', { version: '2' }),
    line('K-2', { version: '2' }),
    line('K-3'),
    line('K-4'),
    line('K-5'),
  ].join('\n');
  const sent = await send(world, file);
  t.match(await loaded(world, sent.body.fileId), { created: 1, replaced: 1, unchanged: 1, rejected: 2 });
  t.same(
    (await rejects(world, sent.body.fileId)).map((row) => row.split(',').slice(0, 2).join()),
    ['line,code', '2,bill-already-paid', '4,bill-cancelled'],
  );
  const [history] = await world.db.transaction((tx) =>
    tx.query(`select reason, content->>'status' as status from bill_history`),
  );
  t.match(history, { reason: 'reopened', status: 'cancelled' });
  // Nobody paid it: the books are checked when the test ends.
  await world.db.transaction((tx) => tx.query(`update bill set status = 'open' where bill_number = 'K-1'`));
});

void t.test('gzip, digests and what is refused at once', async (t) => {
  const world = await startBillsGateway(t);
  const file = [HEADER, line('G-1'), line('G-2')].join('\n');
  const zipped = gzipSync(file);
  const gzip = { 'content-encoding': 'gzip' };
  const sent = await send(world, zipped, gzip);
  t.match(await loaded(world, sent.body.fileId), { state: 'done', created: 2, bytes: zipped.length });
  t.match(await send(world, zipped, gzip), { status: 200, body: { fileId: sent.body.fileId } });
  const digest = (bytes: string) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
  const sha512 = (bytes: string) => `sha-512=:${createHash('sha512').update(bytes).digest('base64')}:`;
  const plain = await send(world, file, { 'content-digest': digest(file) });
  t.equal(plain.status, 202);
  for (const header of [sha512(file), `md5=:YQ==:, ${sha512(file)}, ${digest(file)}`])
    t.match(await send(world, file, { 'content-digest': header }), { status: 200, body: plain.body });
  const refused: [string, string | Buffer, Record<string, string>, number, RegExp][] = [
    ['other bytes than announced', file, { 'content-digest': digest('x') }, 400, /Content-Digest: sha-256/],
    ['other bytes by SHA-512', file, { 'content-digest': sha512('x') }, 400, /Content-Digest: sha-512/],
    [
      'other bytes by one of two',
      file,
      { 'content-digest': `${digest(file)}, ${sha512('x')}` },
      400,
      /Content-Digest: sha-512/,
    ],
    ['an unknown digest alone', file, { 'content-digest': 'md5=:YQ==:' }, 400, /sha-256 or sha-512/],
    ['no digest', file, { 'content-digest': 'sha-256=abc' }, 400, /character 1/],
    ['empty', '', {}, 400, /empty/],
    ['no header', `${line('G-1')}\n`, {}, 400, /unknown column "G-1"/],
    ['a column missing', 'billNumber,payerId\n', {}, 400, /lacks payerName/],
    ['a column twice', `${HEADER},amount\n`, {}, 400, /twice/],
    ['not UTF-8', Buffer.concat([Buffer.from([0xff]), Buffer.from(file)]), {}, 400, /UTF-8/],
    ['gzip unsaid', zipped, {}, 400, /content-encoding: gzip/],
    ['gzip said of text', file, gzip, 400, /the bytes are none/],
    ['gzip cut short', zipped.subarray(0, -9), gzip, 400, /gzip stream is broken/],
    [
      'gzip spoiled',
      Buffer.concat([zipped.subarray(0, 20), Buffer.from('spoiled'), zipped.subarray(27)]),
      gzip,
      400,
      /gzip stream is broken/,
    ],
    ['gzip of a wrong header', gzipSync('a,b\n'), gzip, 400, /unknown column/],
    ['gzip of nothing', gzipSync(''), gzip, 400, /empty/],
  ];
  for (const [name, bytes, headers, status, detail] of refused) {
    const answer = await send(world, bytes, headers);
    t.match([answer.status, answer.body.errors?.[0]?.detail], [status, detail], name);
  }
  t.match(await send(world, file, { 'content-type': 'application/zip' }), {
    status: 415,
    body: { code: 'unsupported-media-type' },
  });
  t.match(await send(world, file, { 'content-encoding': 'br' }), { status: 415 });
  t.equal((await get(world, '/v1/bill-files/bfl_00000000000000000000000000')).status, 404);
  t.equal(
    (await get(world, `/v1/bill-files/${sent.body.fileId}`, 'eg-local')).status,
    404,
    "another agency's file does not exist",
  );
  t.equal((await get(world, `/v1/bill-files/${sent.body.fileId}`, 'bank')).status, 403);
  const [left] = await world.db.transaction((tx) =>
    tx.query(`select count(*)::int as files, count(sha256)::int as whole from bill_file`),
  );
  t.match(left, { files: 2, whole: 2 }, 'what was refused left nothing');
});

void t.test('a signed upload: the digest is compared when the last byte is in', async (t) => {
  const world = await startBillsGateway(t);
  const { keyId, secret } = await world.hmacKey('om-social');
  const file = [HEADER, line('D-1')].join('\n');
  const url = `${world.baseUrl}/v1/bill-files`;
  const post = async (signed: string, sent: string) => {
    const { headers } = signRequest({
      method: 'POST',
      url,
      body: signed,
      keyId,
      algorithm: 'hmac-sha256',
      secret,
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...headers },
      body: sent,
    });
    return [response.status, await response.json()];
  };
  t.match(await post(file, file), [202, { fileId: /^bfl_/ }]);
  t.match(await post(file, `${file}\n${line('D-2')}`), [400, { code: 'malformed-request' }]);
  t.match(
    await post('', file),
    [401, { code: 'unauthenticated' }],
    'a body that the signature does not cover',
  );
});

void t.test('an upload that breaks off, and one that nobody ends', async (t) => {
  const world = await startBillsGateway(t);
  const request = http.request(`${world.baseUrl}/v1/bill-files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key('om-social')}`, 'content-type': 'text/csv' },
  });
  request.on('error', () => undefined);
  request.write(`${HEADER}\n${`${line('A-1')}\n`.repeat(10_000)}`);
  const find = () =>
    world.db.transaction((tx) =>
      tx.query<{ state: string; chunks: number }>(
        `select f.state, (select count(*)::int from bill_file_chunk) as chunks from bill_file f`,
      ),
    );
  const becomes = (state: string, chunks: (count: number) => boolean) =>
    until(`the file ${state}`, async () => {
      const [file] = await find();
      return file?.state === state && chunks(file.chunks) && file;
    });
  await becomes('receiving', (count) => count > 0);
  request.destroy();
  t.same(
    await becomes('failed', (count) => count === 0),
    { state: 'failed', chunks: 0 },
    'failed, and its bytes gone',
  );
  const told = await until('the broken upload in the log', async () => world.lines.length > 0 && world.lines);
  t.match(told, [{ level: 'warn', status: 408, path: '/v1/bill-files', msg: 'the client broke off' }]);

  await world.db.transaction(async (tx) => {
    await tx.query(`insert into bill_file (biller_id, file_id, state, format, compressed, received_at, touched_at)
      values (1, '018f0000-0000-0001-0000-00000000000a', 'receiving', 'csv', false, now(), now() - interval '11 minutes'),
             (1, '018f0000-0000-0001-0000-00000000000b', 'receiving', 'csv', false, now(), now() - interval '9 minutes')`);
    await tx.query(`insert into bill_file_chunk values (1, '018f0000-0000-0001-0000-00000000000a', 0, 'x')`);
  });
  await world.sweep();
  const swept = await world.db.transaction((tx) =>
    tx.query(`select state from bill_file where received_at > now() - interval '1 minute' order by file_id`),
  );
  t.match(swept, [{ state: 'failed' }, { state: 'receiving' }]);
  t.match(await find(), [{ chunks: 0 }, { chunks: 0 }, { chunks: 0 }]);
});

void t.test('a file that the queue forgot is found by the sweep', async (t) => {
  const world = await startBillsGateway(t);
  await world.db.transaction(async (tx) => {
    const bytes = Buffer.from([HEADER, line('F-1')].join('\n'));
    await tx.query(
      `insert into bill_file (biller_id, file_id, state, format, compressed, bytes, sha256, received_at, touched_at)
       values (1, '018f0000-0000-0001-0000-00000000000c', 'loading', 'csv', false, $1, sha256('x'), now(), now() - interval '31 seconds')`,
      [bytes.length],
    );
    await tx.query(`insert into bill_file_chunk values (1, '018f0000-0000-0001-0000-00000000000c', 0, $1)`, [
      bytes,
    ]);
  });
  await setClock(world.db, '2027-01-01T00:00:00Z');
  await world.sweep();
  await found(world);
  t.match(await bills(world), [{ bill_number: 'F-1' }]);
});
