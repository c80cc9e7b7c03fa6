// Daily totals, performance and statements over HTTP: of the day while it is open, and as its settlement has it.
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import t from 'tap';
import { closeDay, readSplits } from '../../../src/settlement/index.ts';
import { tallyConfirmations } from '../../../src/settlement/reports/index.ts';
import { loadBillers } from '../../../src/billers/index.ts';
import { formatMinor } from '../../../src/kernel/money.ts';
import { bill } from '../../support/client.ts';
import type { TestWorld } from '../../support/gateway.ts';
import { commandLine } from '../../support/command-line.ts';
import { done, setClock } from '../../support/world.ts';
import { aPaidDay, DAY, EVENING } from '../documents/a-settled-day.ts';

interface Totals {
  readonly payments: number;
  readonly net: { value: string };
  readonly direct: { value: string };
  readonly credited: { value: string };
  readonly payerFees: { value: string };
}

interface Daily {
  readonly state: string;
  readonly settlementId: string | null;
  readonly totals: Totals;
  readonly channels: ({ key: string } & Totals)[];
  readonly units: ({ key: string } & Totals)[];
}

interface Statement {
  readonly payerName: string;
  readonly items: { status: string; billNumber: string; paymentId: string }[];
  readonly paid: { value: string };
  readonly reversed: { value: string };
  readonly stands: { value: string };
}

const ask = <Body>(world: TestWorld, path: string, client = 'om-social') =>
  world.client(client).send<Body>('GET', `/v1/reports/${path}`);

async function file(
  world: TestWorld,
  path: string,
  accept: string,
): Promise<{ headers: Headers; bytes: Buffer }> {
  const answer = await fetch(`${world.baseUrl}/v1/reports/${path}`, {
    headers: { authorization: `Bearer ${world.keys.get('om-social') ?? ''}`, accept },
  });
  if (answer.body === null || answer.status !== 200) throw new Error(await answer.text());
  return { headers: answer.headers, bytes: await buffer(Readable.fromWeb(answer.body)) };
}

t.test('the totals of an open day are those that its settlement has', async (t) => {
  const { world } = await aPaidDay(t);
  const open = (await ask<Daily>(world, `daily?date=${DAY}`)).body;
  t.match(open, { state: 'open', settlementId: null, totals: { payments: 4 } });
  t.match(
    open?.units.find(({ key }) => key === 'north'),
    { net: { value: '10.000' }, direct: { value: '7.000' } },
  );
  await setClock(world.db, EVENING);
  const { batch } = done(await closeDay(world.db, { billerId: 1, businessDate: DAY }));
  const [total] = await world.db.transaction((tx) => readSplits(tx, 1, batch.settlementId));
  const sealed = (await ask<Daily>(world, `daily?date=${DAY}`)).body;
  t.match(sealed, { state: 'sealed', settlementId: /^stl_/ });
  t.same(sealed?.totals, open?.totals);
  t.equal(sealed?.totals.net.value, formatMinor(batch.netMinor, 'OMR'));
  t.equal(sealed?.totals.payments, (total?.payments ?? 0) + (total?.directPayments ?? 0));
  t.equal(sealed?.totals.credited.value, formatMinor(total?.creditedMinor ?? 0n, 'OMR'));
  t.equal(sealed?.totals.payerFees.value, formatMinor(total?.payerFeeMinor ?? 0n, 'OMR'));
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const { headers, bytes } = await file(world, `daily?date=${DAY}&language=ar`, type);
  t.equal(headers.get('content-type'), type);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer as ArrayBuffer);
  t.equal(book.worksheets[0]?.views[0]?.rightToLeft, true);
  t.match(book.worksheets[0]?.getCell('B8').value, 1);
  t.match(book.worksheets[0]?.getCell('A12').value, 'الإجمالي');
  t.equal(book.worksheets[0]?.getCell('F12').formula, 'SUM(F8:F11)');
  t.equal(book.worksheets[0]?.getCell('F12').result, -3.25, 'what is taken back is signed');
  t.ok(book.worksheets[0]?.getCell('B4').value instanceof Date);
});

t.test('a day that nobody opened, a date that is none, and strangers', async (t) => {
  const { world } = await aPaidDay(t);
  t.match((await ask<Daily>(world, 'daily?date=2031-01-01')).body, {
    state: 'not-opened',
    totals: { payments: 0 },
  });
  t.equal((await ask(world, 'daily?date=2026-02-30')).code, 'malformed-request');
  t.equal((await ask(world, `daily?date=${DAY}`, 'bank')).code, 'forbidden');
  t.equal((await ask(world, 'performance?from=2026-01-01&to=2026-06-01')).code, 'malformed-request');
  t.equal((await ask(world, 'payers/NOBODY?from=2026-11-01&to=2026-11-30')).code, 'not-found');
});

t.test(
  'performance: what was paid, what was refused, how fast, and that the gateway was there',
  async (t) => {
    const { world } = await aPaidDay(t);
    await world.client('bank').pay({ bills: [bill('N-1', '10.000')] });
    await world.client('bank').pay({ bills: [bill('X-1', '10.000')] });
    await world.client('bank').inquire({ billerCode: 'om-social', billNumber: 'S-1' });
    await tallyConfirmations(world.db, await world.db.transaction(loadBillers));
    await world.stop(); // writes its last counts
    const { wasit } = await commandLine(t, world.url);
    const { out, code, err } = await wasit('report', 'performance', 'om-social', DAY, DAY, '--json');
    t.equal(code, 0, err);
    const report = JSON.parse(out) as Record<string, unknown>;
    t.match(report, {
      volumes: [
        { date: DAY, payments: 4, amount: { value: '26.376', currency: 'OMR' }, credited: 1, reversed: 1 },
      ],
      refusals: [
        { code: 'bill-already-paid', count: 1, failure: false },
        { code: 'bill-not-found', count: 1, failure: false },
      ],
      payments: { count: 7 },
      inquiries: { count: 1 },
      availability: { answered: 1 },
    });
    const hours = report['hours'] as { hour: string; answers: number; minutesUp: number }[];
    t.match(hours.at(-1), { hour: '2026-11-22 12:00', answers: 8 });
    t.ok((hours.at(-1)?.minutesUp ?? 0) >= 1);
  },
);

t.test('a payer’s statement: paid, taken back, and on paper', async (t) => {
  const { world, payments } = await aPaidDay(t);
  const statement = (await ask<Statement>(world, `payers/E-1?from=${DAY}&to=${DAY}`)).body;
  t.same(
    statement?.items.map(({ billNumber, status }) => [billNumber, status]),
    [
      ['N-1', 'paid'],
      ['S-1', 'paid'],
      ['R-1', 'reversed'],
      ['T-1', 'paid'],
    ],
  );
  t.match(statement, {
    paid: { value: '25.251' },
    reversed: { value: '3.250' },
    stands: { value: '22.001' },
  });
  t.equal(statement?.items[2]?.paymentId, payments.reversed);
  const { bytes, headers } = await file(
    world,
    `payers/E-1?from=${DAY}&to=${DAY}&format=pdf&language=ar`,
    '*/*',
  );
  t.equal(headers.get('content-type'), 'application/pdf');
  t.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  t.same((await ask<Statement>(world, 'payers/E-1?from=2026-11-01&to=2026-11-21')).body?.items, []);
  t.equal((await ask(world, `payers/E-1?from=${DAY}&to=${DAY}`, 'dz-social')).code, 'not-found');
});
