// Closes a day of a million payments (`--size`) while payments of the next day go on, and then proves from the database
// that nothing of it was altered. One close: a day has only one.

import { closeDay, verify, type Batch } from '../../src/settlement/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { median } from './drive.ts';
import { fill } from './fill.ts';
import type { LoadResult } from './load-plan.ts';
import { Payer } from './payer.ts';
import { readDurability, type Row } from './report.ts';
import { runGateway, type RunningGateway } from './run-gateway.ts';
import { createDatabase, startServer } from './server.ts';
import { BILLER, makeWorld, type World } from './world.ts';

const DAY = 1_000_000;
/** Open bills to be paid meanwhile, for each five of the day. */
const OPEN_PART = 5;
/** Thirty times the average of a billion payments a year. */
const PER_SECOND = 1_000;
const LIMIT = { closeSeconds: 10, p99Ms: 100, verifySeconds: 10 } as const;

export async function benchClose({ rounds, seconds, size = DAY }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'close');
  const world = await makeWorld(database);
  const filled = await fill(database, {
    openBills: Math.ceil(size / OPEN_PART),
    paidBills: Math.ceil(size / OPEN_PART) * OPEN_PART,
    days: 1,
  });
  const businessDate = await openPast(database);
  const gateway = await runGateway(server, world);
  const payer = new Payer(filled);
  const before = await load(payer, gateway, world, seconds);
  const paying = load(payer, gateway, world, seconds);
  const closed = await closeAfterWarmUp(database, businessDate);
  const during = await paying;
  const verified: number[] = [];
  for (let round = 0; round < rounds; round++) verified.push(await prove(database, closed.batch));
  const durability = await readDurability(server);
  const books = await checkBooks(database, filled.paidBills + payer.accepted);
  return {
    durability,
    findings: {
      title: `Close: a day of ${size.toLocaleString('en')} payments`,
      rows: rowsOf(size, closed, { before, during }, median(verified)),
      notes: [
        `The day was filled by SQL in ${Math.round(filled.seconds)} s: one bill a payment, 27 units, 3 services, one channel; ${closed.steps} steps. It is closed once, by a process of its own.`,
        `Payments of the next day: ${PER_SECOND.toLocaleString('en')} a second for ${seconds} s, begun when the close begins; the same before it for comparison.`,
        `Verify: median of ${rounds}, every payment and bill of the day read and digested again.`,
      ],
      answers: payer.answers,
      failed: payer.failed,
      firstFailure: payer.firstFailure,
      books: `hold, ${books.payments} payments, checked in ${Math.round(books.seconds)} s`,
      measurements: { closeSeconds: closed.seconds, verifySeconds: verified, before, during },
    },
  };
}

function rowsOf(
  size: number,
  closed: Closed,
  loads: { before: LoadResult; during: LoadResult },
  verifySeconds: number,
): Row[] {
  const isFull = size >= DAY;
  const atMost = (what: string, value: number, limit: number, unit: string, more = ''): Row => ({
    what,
    mustReach: isFull ? `≤ ${limit} ${unit}` : '',
    measured: `${value.toFixed(1)} ${unit}${more}`,
    ...(isFull && { isMet: value <= limit }),
  });
  return [
    atMost('close: seal to settlement', closed.seconds, LIMIT.closeSeconds, 's'),
    atMost(
      'payments of the next day meanwhile, p99',
      loads.during.p99Ms,
      LIMIT.p99Ms,
      'ms',
      ` (before: ${loads.before.p99Ms.toFixed(1)} ms)`,
    ),
    atMost('verify', verifySeconds, LIMIT.verifySeconds, 's'),
  ];
}

/** The day of the filled payments, over since yesterday; the gateway opens those after it. */
async function openPast(database: Database): Promise<string> {
  const rows = await database.transaction((tx) =>
    tx.query<{ business_date: string }>(
      `insert into business_day (biller_id, business_date, cut_off_at)
       select biller_id, business_date, (business_date + 1)::timestamptz from payment group by 1, 2 returning business_date`,
    ),
  );
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} days were filled, not one`);
  return row.business_date;
}

function load(payer: Payer, gateway: RunningGateway, world: World, seconds: number): Promise<LoadResult> {
  const auth = { kind: 'bearer', key: world.bearer.secret } as const;
  return payer.pay({ port: gateway.port, auth, connections: 32, seconds, perSecond: PER_SECOND });
}

interface Closed {
  readonly batch: Batch;
  readonly seconds: number;
  readonly steps: number;
}

const WARM_UP_MS = 1_500;

async function closeAfterWarmUp(database: Database, businessDate: string): Promise<Closed> {
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  const startedAt = performance.now();
  let steps = 0;
  const closed = await closeDay(database, { billerId: BILLER.id, businessDate, onStep: () => void steps++ });
  if (!closed.ok) throw new Error(closed.reason);
  return { batch: closed.value.batch, seconds: (performance.now() - startedAt) / 1000, steps };
}

async function prove(database: Database, { businessDate }: Batch): Promise<number> {
  const startedAt = performance.now();
  for await (const { faults } of verify(database, {
    billerId: BILLER.id,
    from: businessDate,
    to: businessDate,
  }))
    if (faults.length > 0) throw new Error(`altered: ${faults.join('; ')}`);
  return (performance.now() - startedAt) / 1000;
}
