// Days whose payments the agency rejects afterwards: on the day itself, between cut-off and seal, after the seal. The money
// leaves the net and becomes the payers', a closed settlement never moves, and everything still adds up. The books are
// checked when the database closes.
import { buffer } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { setUnits } from '../../src/billers/index.ts';
import { readBatch, type Batch } from '../../src/settlement/index.ts';
import { writeCsv } from '../../src/settlement/documents/csv.ts';
import { linkTo, startAgency } from '../support/agency-server.ts';
import { bill } from '../support/client.ts';
import { csvRows, keptBy, sumOf } from '../support/csv-rows.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestWorld } from '../support/gateway.ts';
import { balances } from '../support/remit-world.ts';
import { close, column, faultsOf, totalOf } from '../support/settling.ts';
import { ACTOR, BILLERS, done, setClock } from '../support/world.ts';

const DZ = BILLERS.dz;

interface RejectingWorld extends TestWorld {
  /** Pays bills of 100 dinars each; the payment's id as shown. */
  readonly pay: (channel: string, ...numbers: string[]) => Promise<string>;
  readonly reject: (paymentId: string, reference: string, ...bills: string[]) => Promise<string>;
  readonly closeDz: (businessDate: string) => Promise<Batch>;
}

async function rejectingWorld(t: Test): Promise<RejectingWorld> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  const units = ['north', 'south'].map((code) => ({ code, name: { en: code } }));
  done(await setUnits(world.db, DZ.code, units, ACTOR));
  await linkTo(world.db, agency);
  const share = (budgetLine: string, value: string) => ({ budgetLine, amount: { value, currency: 'DZD' } });
  for (let i = 1; i <= 9; i++) agency.has(`DZ-${i}`, { unit: 'north', payerId: `P-${i}` });
  agency.has('DZ-2', { unit: 'south', lines: [share('4110', '40.00'), share('4120', '60.00')] });
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  const send = async (path: string, client: string, body: object) => {
    const { body: answer, text } = await gateway
      .client(client)
      .send<{ paymentId: string; businessDate: string }>('POST', path, body);
    if (answer === undefined) throw new Error(text);
    return answer;
  };
  return {
    ...world,
    ...gateway,
    async pay(channel, ...numbers) {
      const bills = numbers.map((number) => bill(number, '100.00', 'DZD'));
      const { body, text } = await gateway.client(channel).pay({ billerCode: DZ.code, bills });
      if (body === undefined) throw new Error(text);
      return body.paymentId;
    },
    async reject(paymentId, reference, ...bills) {
      const body = { reference, reason: 'paid-elsewhere', ...(bills.length > 0 && { bills }) };
      return (await send(`/v1/payments/${paymentId}/rejection`, DZ.code, body)).businessDate;
    },
    closeDz: async (businessDate) =>
      (await close(world.db, businessDate, { billerId: DZ.id, billsPerStep: 2 })).batch,
  };
}

/** The detail, which has to add up to the totals of its batch. */
async function detailAddsUp(t: Test, { db }: RejectingWorld, batch: Batch): Promise<void> {
  const total = await totalOf(db, batch);
  const rows = csvRows(await buffer(writeCsv(db, { ...batch, timeZone: batch.facts.timeZone })));
  const { grossMinor, reversedMinor, adjustedMinor } = total;
  t.equal(sumOf(keptBy(rows, 'via-operator')), grossMinor - reversedMinor + adjustedMinor);
  t.equal(sumOf(keptBy(rows, 'direct')), total.directGrossMinor + total.directAdjustedMinor);
  t.equal(-sumOf(rows.filter((row) => row['kind'] === 'rejection')), total.creditedMinor);
  t.equal(sumOf(rows, 'billerFee'), total.billerFeeMinor);
}

t.test('rejected on the day, before its seal and after it', async (t) => {
  const world = await rejectingWorld(t);
  const { db, pay, reject, closeDz } = world;
  const two = await pay('bank', 'DZ-1', 'DZ-2');
  const evening = await pay('bank', 'DZ-3');
  const late = await pay('bank', 'DZ-4');
  const direct = await pay('transit', 'DZ-5');
  t.equal(await reject(two, 'r-1', 'DZ-2'), '2026-11-22');
  t.equal(await reject(direct, 'r-2'), '2026-11-22');
  await setClock(db, '2026-11-22T16:00:01Z'); // after the cut-off, before the seal
  t.equal(await reject(evening, 'r-3'), '2026-11-23', 'it is of the day that is open');
  const first = await closeDz('2026-11-22');

  t.match(await totalOf(db, first), {
    payments: 3,
    bills: 5,
    grossMinor: 40_000n,
    reversals: 0,
    reversedMinor: 0n,
    adjustments: 2,
    adjustedMinor: -10_000n,
    directPayments: 1,
    directGrossMinor: 10_000n,
    directAdjustedMinor: -10_000n,
    credited: 2,
    creditedMinor: 20_000n,
    billerFeeMinor: 6_000n, // three payments at twenty dinars: fees stay
    netMinor: 30_000n,
  });
  t.equal(first.remittedMinor, 30_000n);
  t.same(await column(db, first, 'unit', 'adjustedMinor'), { north: 0n, south: -10_000n });
  t.same(await column(db, first, 'unit', 'directAdjustedMinor'), { north: -10_000n, south: 0n });
  t.same(await column(db, first, 'unit', 'netMinor'), { north: 30_000n, south: 0n });
  t.same(await column(db, first, 'budget-line', 'adjustedMinor'), { '': 0n, 4110: -4_000n, 4120: -6_000n });
  t.same(await column(db, first, 'channel', 'adjustments'), { bank: 1, transit: 1 });
  t.same(await column(db, first, 'channel', 'creditedMinor'), { bank: 10_000n, transit: 10_000n });
  await detailAddsUp(t, world, first);

  t.equal(await reject(late, 'r-4'), '2026-11-23', 'its own day is sealed');
  t.same(await db.transaction((tx) => readBatch(tx, DZ.id, first.settlementId)), first, 'and does not move');
  t.equal((await balances(db, DZ.id))['biller/payable'], 20_000n, 'the agency has been given it already');
  await setClock(db, '2026-11-23T16:00:01Z');
  const second = await closeDz('2026-11-23');
  t.match(await totalOf(db, second), {
    payments: 0,
    bills: 0,
    grossMinor: 0n,
    adjustments: 2,
    adjustedMinor: -20_000n,
    credited: 2,
    creditedMinor: 20_000n,
    billerFeeMinor: 0n,
    netMinor: -20_000n,
  });
  t.match(second, { remittedMinor: 0n, carriedOutMinor: -20_000n });
  t.same(await column(db, second, 'unit', 'adjustedMinor'), { north: -20_000n });
  await detailAddsUp(t, world, second);

  for (const number of ['DZ-6', 'DZ-7', 'DZ-8']) await pay('bank', number);
  await setClock(db, '2026-11-24T16:00:01Z');
  const third = await closeDz('2026-11-24');
  t.match(third, { carriedInMinor: -20_000n, netMinor: 10_000n, remittedMinor: 10_000n });
  const books = await balances(db, DZ.id);
  t.notOk('biller/payable' in books, 'nothing is owed either way');
  t.equal(books['biller/in-transit'], -40_000n);
  t.equal(books['payer/credit'], -40_000n);
  t.same(await faultsOf(db, DZ.id), []);
});

t.test('a rejection that is altered after the close is found', async (t) => {
  const { db, pay, reject, closeDz } = await rejectingWorld(t);
  for (const [i, number] of ['DZ-1', 'DZ-3', 'DZ-4'].entries())
    await reject(await pay('bank', number), `r-${i}`);
  await setClock(db, '2026-11-22T16:00:01Z');
  await closeDz('2026-11-22');
  t.same(await faultsOf(db, DZ.id), []);
  const alter = (by: number) =>
    db.transaction((tx) =>
      tx.query(`update rejected_bill set amount_minor = amount_minor + $1 where bill_number = 'DZ-4'`, [by]),
    );
  await alter(1);
  t.match(await faultsOf(db, DZ.id), [/^2026-11-22 step 4 \(rejection, 1 entries up to .*were altered$/]);
  await alter(-1);
  t.same(await faultsOf(db, DZ.id), []);
});
