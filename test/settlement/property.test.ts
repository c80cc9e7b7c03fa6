// Random days through the real lane: whatever was paid, reversed, rejected and corrected, every dimension adds up to the
// totals, and the totals are what the ledger, the report and the orders to the bank say. The books are checked at the end.
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import t from 'tap';
import { openDaysAhead, setServices, setUnits } from '../../src/billers/index.ts';
import { formatMinor } from '../../src/kernel/money.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { DIMENSIONS, type Batch, type Split } from '../../src/settlement/index.ts';
import { writeCsv } from '../../src/settlement/documents/csv.ts';
import { AMOUNTS, COUNTS, ZERO } from '../../src/settlement/sums.ts';
import { csvRows, keptBy, sumOf } from '../support/csv-rows.ts';
import { adjust, aDay, live, setFees, undo, UNITS, type Late } from '../support/random-days.ts';
import { balances, makeRemitWorld, setAccount, work } from '../support/remit-world.ts';
import { close, faultsOf, splitsOf } from '../support/settling.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, BILLERS, done, setClock } from '../support/world.ts';

/** What all days so far came to. */
type Sums = { [Column in (typeof AMOUNTS)[number] | 'remittedMinor' | 'correctedMinor']: bigint };

t.test('random days', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const units = UNITS.map((code) => ({ code, name: { en: code } }));
  done(await setUnits(db, 'om-social', units, ACTOR));
  const services = [
    { code: 'dues', name: { en: 'Dues' }, budgetLine: '4110' },
    { code: 'fines', name: { en: 'Fines' } },
  ];
  done(await setServices(db, 'om-social', services, ACTOR));
  await setAccount(db, 'om-social', 'north', { holder: 'North', paysFrom: 'ours-omr' });
  const desk = {
    one: await colleague(db, world.baseUrl, 'one', 'operator-admin'),
    two: await colleague(db, world.baseUrl, 'two', 'operator-admin'),
  };
  let day = 22;
  const late: Late[] = [];
  const all: Sums = { ...amountsOf(ZERO), remittedMinor: 0n, correctedMinor: 0n };
  await fc.assert(
    fc.asyncProperty(aDay, fc.boolean(), async ({ payments, adjustments, billsPerStep }, isNet) => {
      const businessDate = `2026-${day > 30 ? '12' : '11'}-${String(day > 30 ? day - 30 : day).padStart(2, '0')}`;
      await setClock(db, `${businessDate}T11:40:00Z`);
      // As the worker does, also for days on which nobody pays.
      await db.transaction((tx) => openDaysAhead(tx, BILLERS.om.id));
      await setFees(world, isNet);
      for (const [channel, id] of late.splice(0)) await undo(world, channel, id);
      for (const payment of payments) await live(world, payment, late);
      for (const minor of adjustments) await adjust(desk, minor);
      day += 1;
      await setClock(db, `${businessDate}T12:00:01Z`);
      const { batch } = await close(db, businessDate, { billsPerStep });
      const splits = await splitsOf(db, batch);
      const total = splits.find(({ dimension }) => dimension === 'total');
      if (total === undefined) throw new Error('no total');
      splitsAddUp(batch, splits, total);
      const more: Sums = {
        ...amountsOf(total),
        remittedMinor: batch.remittedMinor,
        correctedMinor: adjustments.reduce((sum, minor) => sum + BigInt(minor), 0n),
      };
      for (const column of Object.keys(more) as (keyof Sums)[]) all[column] += more[column];
      await ledgerSays(db, batch, all);
      await reportSays(db, batch, total);
    }),
    { numRuns: 12 },
  );
  t.same(await faultsOf(db), []);
  t.ok(day > 30);
  t.same(ordered(await work(world, '2027-01-05T06:00:00Z')), await remitted(db, all));
});

function amountsOf(sums: Readonly<Record<(typeof AMOUNTS)[number], bigint>>) {
  return Object.fromEntries(AMOUNTS.map((column) => [column, sums[column]])) as Omit<
    Sums,
    'remittedMinor' | 'correctedMinor'
  >;
}

function agree(what: string, batch: Batch, found: bigint, expected: bigint): void {
  if (found !== expected)
    throw new Error(`${batch.businessDate}: ${what} is ${found} instead of ${expected}`);
}

function splitsAddUp(batch: Batch, splits: readonly Split[], total: Split): void {
  if (splits.length > 1) {
    for (const dimension of DIMENSIONS) {
      for (const column of [...COUNTS, ...AMOUNTS, 'netMinor'] as const) {
        const sum = splits
          .filter((each) => each.dimension === dimension)
          .reduce((so, each) => so + BigInt(each[column]), 0n);
        agree(`${column} by ${dimension}`, batch, sum, BigInt(total[column]));
      }
    }
  }
  agree('the net', batch, batch.netMinor, total.netMinor + batch.carriedInMinor);
}

/** Account by account, what is owed and kept after the close of all days so far. */
async function ledgerSays(db: Database, batch: Batch, all: Sums): Promise<void> {
  const books = new Map<string, bigint>();
  for (const [name, minor] of Object.entries(await balances(db, batch.billerId))) {
    const code = name.replace(/\/[0-9]+$/, '');
    books.set(code, (books.get(code) ?? 0n) - minor);
  }
  const expected = {
    'biller/payable': batch.carriedOutMinor,
    'biller/in-transit': all.remittedMinor,
    'biller/direct': all.directGrossMinor - all.directReversedMinor + all.directAdjustedMinor,
    'fees/income': all.payerFeeMinor + all.billerFeeMinor - all.taxMinor - all.correctedMinor,
    'fees/tax': all.taxMinor,
    'commission/payable': all.commissionMinor,
  };
  for (const [code, minor] of Object.entries(expected)) agree(code, batch, books.get(code) ?? 0n, minor);
  const kept = (books.get('payer/credit') ?? 0n) + (books.get('suspense') ?? 0n);
  agree('what is kept for payers', batch, kept, all.creditedMinor);
}

/** The detail, line by line (docs/reports.md, "How the detail adds up"). */
async function reportSays(db: Database, batch: Batch, total: Split): Promise<void> {
  const rows = csvRows(await buffer(writeCsv(db, { ...batch, timeZone: batch.facts.timeZone })));
  const via = total.grossMinor - total.reversedMinor + total.adjustedMinor;
  const direct = total.directGrossMinor - total.directReversedMinor + total.directAdjustedMinor;
  agree('via the operator in the report', batch, sumOf(keptBy(rows, 'via-operator')), via);
  agree('direct in the report', batch, sumOf(keptBy(rows, 'direct')), direct);
  const credited = rows.filter((row) => row['credited'] !== '');
  agree('credited in the report', batch, sumOf(credited), total.creditedMinor);
  agree('fees in the report', batch, sumOf(rows, 'payerFee'), total.payerFeeMinor);
  agree('tax in the report', batch, sumOf(rows, 'tax'), total.taxMinor);
  agree('commission in the report', batch, sumOf(rows, 'commission'), total.commissionMinor);
}

/** Transfers by their end-to-end ids, and the sum that the order itself tells. */
function ordered(files: ReadonlyMap<string, string>): { transfers: Record<string, string>; sum: string } {
  const [text = ''] = files.values();
  const transfer = /<EndToEndId>(\w+)<\/EndToEndId>[^]*?<InstdAmt Ccy="OMR">([0-9.]+)</g;
  return {
    transfers: Object.fromEntries(
      [...text.matchAll(transfer)].map(([, id = '', amount = '']) => [id, amount]),
    ),
    sum: /<CtrlSum>([0-9.]+)</.exec(text)?.[1] ?? '',
  };
}

async function remitted(db: Database, all: Sums): Promise<ReturnType<typeof ordered>> {
  const rows = await db.transaction((tx) =>
    tx.query<{ end_to_end_id: string; amount_minor: bigint }>(
      'select end_to_end_id, amount_minor from remittance',
    ),
  );
  return {
    transfers: Object.fromEntries(
      rows.map((row) => [row.end_to_end_id, formatMinor(row.amount_minor, 'OMR')]),
    ),
    sum: formatMinor(all.remittedMinor, 'OMR'),
  };
}
