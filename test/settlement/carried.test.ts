// Days with nothing but corrections, and a net below zero that is carried over a payment-less day until it is set off: in
// the settlements, the books, the reports, what operations watch, and in the order to the bank.
import { buffer } from 'node:stream/consumers';
import { Registry } from 'prom-client';
import t, { type Test } from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { closeMetrics, type Batch } from '../../src/settlement/index.ts';
import { documentBytes } from '../../src/settlement/documents/make-documents.ts';
import { readReport } from '../../src/settlement/documents/store-report.ts';
import { accept, ask, idOf } from '../support/approvals.ts';
import { csvRows, keptBy, sumOf } from '../support/csv-rows.ts';
import { balances, close, collect, makeRemitWorld, work, type RemitWorld } from '../support/remit-world.ts';
import { column, faultsOf, totalOf } from '../support/settling.ts';
import { colleague } from '../support/staff.ts';
import { BILLERS, setClock } from '../support/world.ts';

const OM = BILLERS.om.id;

interface CarryingWorld extends RemitWorld {
  readonly correct: (value: string, more?: object) => Promise<void>;
  /** Closes the day at its cut-off. */
  readonly settled: (date: string) => ReturnType<typeof close>;
  readonly carriedDays: () => Promise<number | undefined>;
}

async function carryingWorld(t: Test): Promise<CarryingWorld> {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  const registry = new Registry();
  closeMetrics(registry, db);
  return {
    ...world,
    async correct(value, more = {}) {
      const content = {
        amount: { value, currency: 'OMR' },
        against: 'fees',
        reason: 'a correction',
        ...more,
      };
      const id = await idOf(ask(one, 'adjustment', content, { billerCode: BILLERS.om.code }));
      const { code, text } = await accept(two, id);
      if (code !== 'ok') throw new Error(text);
    },
    async settled(date) {
      await setClock(db, `${date}T12:00:01Z`);
      return close(world, BILLERS.om, date);
    },
    async carriedDays() {
      const gauge = await registry.getSingleMetric('wasit_settlement_carried_days')?.get();
      return gauge?.values.find(({ labels }) => labels['biller'] === BILLERS.om.code)?.value;
    },
  };
}

async function made(world: RemitWorld, batch: Batch, format: 'csv' | 'json'): Promise<Buffer> {
  const report = await world.db.transaction((tx) => readReport(tx, OM, batch.settlementId));
  if (report === undefined) throw new Error('no report');
  return buffer(documentBytes(world.db, report, { format, language: 'en' }));
}

t.test('below zero, carried over two days, set off on the third', async (t) => {
  const world = await carryingWorld(t);
  const { db, correct, settled, carriedDays } = world;
  const payable = async () => (await balances(db, OM))['biller/payable'] ?? 0n;
  await collect(world, { '': '30.000' });
  t.equal((await settled('2026-11-22')).batch.remittedMinor, 30_000n);
  t.equal(await carriedDays(), 0);

  await correct('-50.000', { channelCode: 'bank' });
  const only = await settled('2026-11-23');
  t.match(await totalOf(db, only.batch), {
    payments: 0,
    bills: 0,
    reversals: 0,
    adjustments: 1,
    adjustedMinor: -50_000n,
    netMinor: -50_000n,
  });
  t.match(only.batch, { carriedInMinor: 0n, remittedMinor: 0n, carriedOutMinor: -50_000n });
  t.same(only.remittances, [], 'nothing is remitted to nobody');
  t.same(await column(db, only.batch, 'channel', 'adjustedMinor'), { bank: -50_000n });
  t.equal(await payable(), 50_000n, 'the agency owes it');
  t.equal(await carriedDays(), 1);

  const zero = await settled('2026-11-24');
  t.match(await totalOf(db, zero.batch), { payments: 0, adjustments: 0, netMinor: 0n });
  t.match(zero.batch, { carriedInMinor: -50_000n, netMinor: -50_000n, carriedOutMinor: -50_000n });
  t.equal(await carriedDays(), 2);

  await collect(world, { '': '20.000' });
  const part = await settled('2026-11-25');
  t.match(part.batch, { carriedInMinor: -50_000n, netMinor: -30_000n, carriedOutMinor: -30_000n });
  t.same(part.remittances, []);
  t.equal(await payable(), 30_000n);
  t.equal(await carriedDays(), 3);

  await collect(world, { '': '100.000' });
  const { batch, remittances } = await settled('2026-11-26');
  t.match(batch, { carriedInMinor: -30_000n, netMinor: 70_000n, carriedOutMinor: 0n });
  t.match(remittances, [{ amountMinor: 70_000n }]);
  t.equal((await totalOf(db, batch)).netMinor, 100_000n, 'what is carried in is the batch’s alone');
  t.equal(await payable(), 0n);
  t.equal(await carriedDays(), 0);
  const money = (value: string) => ({ value, currency: 'OMR' });
  const told = { carriedIn: money('-30.000'), net: money('70.000'), remitted: money('70.000') };
  t.match(JSON.parse((await made(world, batch, 'json')).toString()), told);
  const [event] = await db.transaction((tx) =>
    tx.query<{ payload: unknown }>(
      `select payload from event where biller_id = $1 and type = 'settlement.closed' and subject = $2`,
      [OM, batch.settlementId],
    ),
  );
  t.match(event?.payload, { settlementId: showId('stl', batch.settlementId), ...told });
  const orders = [...(await work(world, '2026-11-30T06:00:00Z')).values()].join('');
  t.same(
    [...orders.matchAll(/<InstdAmt Ccy="OMR">([0-9.]+)</g)].map(([, amount]) => amount).sort(),
    ['30.000', '70.000'],
    'the bank is told of what was left',
  );
  t.same(await faultsOf(db), []);
});

t.test('nothing but corrections, more than nothing: it is remitted, and the detail adds up', async (t) => {
  const world = await carryingWorld(t);
  const { db, correct, settled } = world;
  await collect(world, { '': '10.000' });
  const { body } = await world.client('bank').list('businessDate=2026-11-22');
  await settled('2026-11-22');
  await correct('7.000', { paymentId: body?.items[0]?.paymentId });
  await correct('-2.500');
  const { batch, remittances } = await settled('2026-11-23');
  const total = await totalOf(db, batch);
  t.match(total, { payments: 0, grossMinor: 0n, adjustments: 2, adjustedMinor: 4_500n, netMinor: 4_500n });
  t.match(remittances, [{ unit: '', amountMinor: 4_500n, state: 'approved' }]);
  const rows = csvRows(await made(world, batch, 'csv'));
  t.equal(sumOf(keptBy(rows, 'via-operator')), 4_500n);
  t.match(rows, [
    { kind: 'adjustment', paymentId: body?.items[0]?.paymentId, amount: '7.000', channel: '', method: '' },
    { kind: 'adjustment', paymentId: '', amount: '-2.500', note: 'a correction' },
  ]);
  t.same(await faultsOf(db), []);
});
