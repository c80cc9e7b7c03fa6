// Bill files made to hurt: gzip bombs, lines without end, a million bad lines in two kilobytes, formulas. Memory stays.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { HEADER, line, loaded, rejects, send } from '../support/bill-files.ts';
import { startBillsGateway } from '../support/bills-gateway.ts';

void t.test('files made to hurt', async (t) => {
  const world = await startBillsGateway(t);
  const gzip = { 'content-encoding': 'gzip' };
  const before = process.memoryUsage().rss;

  const bomb = gzipSync(Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.alloc(25 * 1024 * 1024, 0x41)]), {
    level: 9,
  });
  t.match(await loaded(world, (await send(world, bomb, gzip)).body.fileId), {
    state: 'failed',
    failure: /inflates to more than/,
    created: 0,
  });

  const blank = gzipSync(`${HEADER}\n${'\n'.repeat(25 * 1024 * 1024)}`, { level: 9 });
  t.match(await loaded(world, (await send(world, blank, gzip)).body.fileId), {
    state: 'failed',
    failure: /inflates to more than 200 times/,
  });
  const bad = await send(world, gzipSync(`${HEADER}\n${'x\n'.repeat(120_000)}`, { level: 9 }), gzip);
  t.match(await loaded(world, bad.body.fileId), { state: 'done', lines: 120_000, rejected: 120_000 });
  const listed = await rejects(world, bad.body.fileId);
  t.equal(listed.length, 1 + 100_000 + 1, 'the list of rejects has an end');
  t.match(listed.at(-2), /^100001,malformed-request,,1 fields where the header has 8$/);
  t.match(listed.at(-1), /^100002,malformed-request,,.*counted and not listed: 100000 are the most/);

  const endless = `${HEADER}\n${line('H-1')}\n${'x'.repeat(100 * 1024 * 1024)}\n${line('H-2')}\n`;
  const sent = await send(world, endless);
  t.match(await loaded(world, sent.body.fileId), { state: 'done', lines: 3, created: 2, rejected: 1 });
  t.match(
    (await rejects(world, sent.body.fileId))[1],
    /^3,malformed-request,,the line is longer than 64 KiB/,
  );

  // Incompressible enough that the break lies beyond the first chunk, where nobody looks before 202.
  const many = Array.from({ length: 30_000 }, (_, i) =>
    line(`H-3-${i}`, { description: createHash('sha256').update(String(i)).digest('hex') }),
  );
  const cut = gzipSync([HEADER, ...many].join('\n')).subarray(0, -1000);
  const broken = await loaded(world, (await send(world, cut, gzip)).body.fileId);
  t.match(broken, { state: 'failed', failure: /gzip stream is broken/ });
  t.ok(broken.created > 20_000, 'the good lines before the break are in');

  const hostile = [
    HEADER,
    line('H-4', { description: '=HYPERLINK(""x"")' }),
    line('=cmd'),
    line('H-5', { description: 'a\u0000b' }),
    `H-6,E-1,"a\nb",Due,1.500,OMR,2026-12-31,`,
    line('H-7'),
  ].join('\n');
  const last = await send(
    world,
    Buffer.concat([Buffer.from(hostile), Buffer.from([0x0a, 0xc3, 0x28, 0x0a])]),
  );
  t.match(await loaded(world, last.body.fileId), { state: 'done', created: 1, rejected: 5 });
  const body = JSON.stringify({ billNumber: 'H-8', '=1+1': 1 });
  const formula = await send(world, `${body}\n`, { 'content-type': 'application/x-ndjson' });
  await loaded(world, formula.body.fileId);
  t.match((await rejects(world, formula.body.fileId))[1], /^1,malformed-request,.*$/);
  t.notOk(
    (await rejects(world, formula.body.fileId)).some((row) => /(^|,)"?[=+@-]/.test(row)),
    'nothing that a spreadsheet would run',
  );

  const grown = process.memoryUsage().rss - before;
  t.ok(
    grown < 700 * 1024 * 1024,
    `memory: the test's own payload beside little of the gateway's (${grown >> 20} MB)`,
  );
});
