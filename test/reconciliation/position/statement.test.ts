// A channel's statement of account, over HTTP and from the command line; and who may see a position.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t from 'tap';
import type { PositionAnswer } from '../../../src/reconciliation/position/schema.ts';
import { positionMetrics } from '../../../src/reconciliation/position/index.ts';
import { createRegistry } from '../../../src/platform/metrics.ts';
import { commandLine } from '../../support/command-line.ts';
import { closedDay, position, takenBack, transfer } from '../../support/owing.ts';
import { makeRemitWorld, type RemitWorld } from '../../support/remit-world.ts';
import { undo } from '../../support/random-days.ts';
import { bill } from '../../support/client.ts';
import { addBills, setClock } from '../../support/world.ts';

const SPAN = 'from=2026-11-22&to=2026-11-30';

/** Two days, of which a payment is taken back on the second; paid in part, and some of it taken back by the bank. */
async function twoDays(world: RemitWorld): Promise<void> {
  await addBills(world.db, 'om', [{ number: 'LATE', amount: '3.000' }]);
  await setClock(world.db, '2026-11-22T08:00:00Z');
  const paid = await world.client('kiosk').pay({ bills: [bill('LATE', '3.000')] });
  await closedDay(world, '2026-11-22', { kiosk: '10.000' });
  await transfer(world, 12_000n, {
    channel: 'kiosk',
    bookedOn: '2026-11-23',
    reference: '=HYPERLINK("x"),1',
  });
  await undo(world, 'kiosk', paid.body?.paymentId ?? '');
  await closedDay(world, '2026-11-23', { kiosk: '20.000' });
  await takenBack(world, 2_000n, { channel: 'kiosk', bookedOn: '2026-11-24' });
}

async function download(world: RemitWorld, file: string, language = 'en') {
  const answer = await fetch(`${world.baseUrl}/v1/position/statement.${file}`, {
    headers: {
      authorization: `Bearer ${world.keys.get('kiosk') ?? ''}`,
      'accept-language': language,
    },
  });
  if (answer.body === null) throw new Error('no body');
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    bytes: await buffer(Readable.fromWeb(answer.body)),
  };
}

t.test('as CSV, PDF and on the terminal', async (t) => {
  const world = await makeRemitWorld(t);
  await twoDays(world);
  const csv = await download(world, `csv?${SPAN}`);
  t.match(csv, {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="kiosk-2026-11-22-2026-11-30-OMR.csv"',
    },
  });
  t.strictSame(csv.bytes.toString().split('\n'), [
    'kind,date,billerCode,collected,reversed,adjusted,dueOn,paid,valueDate,bankReference,currency,balance',
    'opening,2026-11-22,,,,,,,,,OMR,0.000',
    'day,2026-11-22,om-social,13.000,0.000,0.000,2026-11-23,,,,OMR,13.000',
    'day,2026-11-23,om-social,20.000,0.000,-3.000,2026-11-24,,,,OMR,30.000',
    `transfer,2026-11-23,,,,,,-12.000,2026-11-24,"'=HYPERLINK(""x""),1",OMR,18.000`,
    'transfer,2026-11-24,,,,,,2.000,2026-11-25,FT26327001,OMR,20.000',
    'closing,2026-11-30,,,,,,,,,OMR,20.000',
    '',
  ]);
  t.match((await position(world, 'kiosk')).totals, [{ owed: { value: '20.000' } }]);
  const second = await download(world, 'csv?from=2026-11-23&to=2026-11-23&currency=OMR');
  t.match(
    second.bytes.toString(),
    /opening,2026-11-23,,,,,,,,,OMR,13\.000\n[^]*closing,2026-11-23,,,,,,,,,OMR,18\.000\n$/,
  );
  for (const language of ['ar', 'fr', 'en']) {
    const pdf = await download(world, `pdf?${SPAN}`, language);
    t.match(pdf.headers, {
      'content-type': 'application/pdf',
      'content-language': language,
      'content-disposition': `attachment; filename="kiosk-2026-11-22-2026-11-30-OMR-${language}.pdf"`,
    });
    t.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-');
  }

  const { wasit, dir } = await commandLine(t, world.url);
  t.match(await wasit('position', '--channel', 'kiosk'), { code: 0, out: /2026-11-22 +closed +13\.000 OMR/ });
  const everyone = await wasit('position');
  t.match(everyone, { code: 0, out: /kiosk +OMR +20\.000/ });
  const all = JSON.parse((await wasit('position', '--json')).out) as PositionAnswer[];
  t.strictSame(
    all.map(({ channelCode }) => channelCode),
    ['agent', 'bank', 'closed', 'kiosk', 'shop', 'stranger', 'transit'],
  );
  t.match(await wasit('position', '--channel', 'nobody'), { code: 1, err: /there is no channel nobody/ });
  t.match(await wasit('position', '--channel', 'kiosk', '--from', 'soon'), { code: 2 });
  const told = await wasit('position', 'statement', 'kiosk', '2026-11-22', '2026-11-30');
  t.equal(`${told.out}`, csv.bytes.toString());
  const json = await wasit('position', 'statement', 'kiosk', '2026-11-22', '2026-11-30', '--json');
  t.match(JSON.parse(json.out), { closingMinor: '20000', days: [{ date: '2026-11-22' }, {}, {}] });
  const file = path.join(dir, 'kiosk.pdf');
  t.match(
    await wasit('position', 'statement', 'kiosk', '2026-11-22', '2026-11-30', '-o', file, '--language', 'ar'),
    {
      code: 0,
    },
  );
  t.equal((await readFile(file)).subarray(0, 5).toString(), '%PDF-');
  t.equal(
    (await wasit('position', 'statement', 'kiosk', '2026-11-22', '2026-11-30', '-o', `${file}.txt`)).code,
    2,
  );
});

t.test('what cannot be asked, and who may not', async (t) => {
  const world = await makeRemitWorld(t);
  await closedDay(world, '2026-11-22', { kiosk: '10.000', bank: '1.000' });
  const ask = (pathAndQuery: string, client = 'kiosk') => world.client(client).send('GET', pathAndQuery);
  for (const query of [
    'from=2026-02-30',
    'from=2026-11-23&to=2026-11-22',
    'after=nonsense',
    'limit=0',
    'x=1',
  ])
    t.equal((await ask(`/v1/position?${query}`)).code, 'malformed-request', query);
  t.equal((await ask('/v1/position', 'om-social')).code, 'forbidden');
  t.equal((await ask(`/v1/position/statement.csv?${SPAN}`, 'om-social')).code, 'forbidden');
  for (const query of ['from=2026-11-22&to=2027-11-23', 'from=2026-11-22', `${SPAN}&currency=XXX`])
    t.equal((await ask(`/v1/position/statement.csv?${query}`)).code, 'malformed-request', query);
  t.equal((await ask(`/v1/position/statement.xlsx?${SPAN}`)).status, 400);
  t.test('and is told where', async (t) => {
    const client = world.client('kiosk');
    const faults: [query: string, pointer: string, detail: RegExp][] = [
      ['statement.csv?from=2026-11-30&to=2026-11-22', '/to', /not before “from”.*In the query/],
      ['statement.csv?from=2024-11-30&to=2026-11-22', '/to', /At most 366 days/],
      ['statement.csv?from=2026-11-22&to=2026-11-30&currency=XYZ', '/currency', /Name a currency/],
    ];
    for (const [query, pointer, detail] of faults)
      t.match(await client.send('GET', `/v1/position/${query}`), {
        status: 400,
        problem: { code: 'malformed-request', errors: [{ pointer, detail }] },
      });
    t.match(await client.send('GET', '/v1/position?from=2026-11-30&to=2026-11-22'), {
      problem: { errors: [{ pointer: '/to' }] },
    });
    t.match(await client.send('GET', '/v1/position?after=x'), {
      problem: { errors: [{ pointer: '/after' }] },
    });
  });
  const nothing = await download(world, 'pdf?from=2026-01-01&to=2026-01-31');
  t.equal(nothing.status, 200, 'nothing happened');
});

t.test('page by page', async (t) => {
  const world = await makeRemitWorld(t);
  for (const date of ['2026-11-22', '2026-11-23', '2026-11-24'])
    await closedDay(world, date, { kiosk: '1.000' });
  const dates: string[] = [];
  for (let after = ''; ;) {
    const page = await position(world, 'kiosk', `limit=2${after === '' ? '' : `&after=${after}`}`);
    dates.push(...page.items.map(({ businessDate }) => businessDate));
    if (page.next === null) break;
    after = page.next;
  }
  t.strictSame(dates, ['2026-11-22', '2026-11-23', '2026-11-24']);
  t.match(await position(world, 'kiosk', 'currency=DZD'), { items: [], totals: [] });
});

t.test('what is late is a figure with an alarm', async (t) => {
  const world = await makeRemitWorld(t);
  const registry = createRegistry();
  positionMetrics(registry, world.db);
  const told = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('wasit_channel'));
  t.strictSame(await told(), []);
  await closedDay(world, '2026-11-22', { kiosk: '10.000' });
  t.strictSame(await told(), [
    'wasit_channel_late_days{channel="kiosk",currency="OMR"} 0',
    'wasit_channel_late_minor{channel="kiosk",currency="OMR"} 0',
  ]);
  await setClock(world.db, '2026-11-26T08:00:00Z');
  t.strictSame(await told(), [
    'wasit_channel_late_days{channel="kiosk",currency="OMR"} 3',
    'wasit_channel_late_minor{channel="kiosk",currency="OMR"} 10000',
  ]);
  await transfer(world, 10_000n, { channel: 'kiosk' });
  t.strictSame(await told(), []);
});
