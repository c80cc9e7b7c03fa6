// Debits from plan to payment, by the worker as it runs in production, beside payments at the gateway: 200,000 mandates
// (`--size`) with five open bills each are planned and told, built and put into files that the bank has, and then the
// bank says that it has collected all of them.

import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { answerAll, BILLS_EACH, layDebits, PLAN_AT, SEND_AT, setClock } from './debit-world.ts';
import { fill } from './fill.ts';
import type { LoadResult } from './load-plan.ts';
import { peakMemoryMb } from './memory.ts';
import { Payer } from './payer.ts';
import { readDurability } from './report.ts';
import { runGateway, runWorker } from './run-gateway.ts';
import { ask, createDatabase, startServer, type BenchServer } from './server.ts';
import { BILLER, makeWorld, type World } from './world.ts';

const MANDATES = 200_000;
const LIMIT_SECONDS = 60;
/** By how much the worker's peak may grow from the first half of the files to the whole of the run. */
const FLAT = 1.1;
const P99_LIMIT_MS = 100;
const BILLS_A_SECOND = 3_000;
const PAYMENTS_A_SECOND = 100;
const LOAD_SECONDS = 10;

export async function benchDebits({ size = MANDATES }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'debits');
  await setClock(database, PLAN_AT);
  const world = await makeWorld(database);
  await layDebits(world, size);
  const filled = await fill(database, { openBills: 200_000, paidBills: 0 });
  const gateway = await runGateway(server, world);
  const load = steadyLoad(new Payer(filled, [BILLER.code]), gateway.port, world);
  await load.first;
  const worker = await runWorker(server, world);
  const seconds = {
    planned: await until(database.url, `select count(*)::int as n from debit_order`, size),
    filed: 0,
    sent: 0,
    booked: 0,
  };
  console.error(`  planned in ${seconds.planned.toFixed(1)} s`);
  await setClock(database, SEND_AT);
  const handedOver = `select coalesce(sum(transfers), 0)::int as n from order_file where handed_over_at is not null`;
  const half = await until(database.url, handedOver, size / 2);
  const halfMb = await peakMemoryMb(worker.pid);
  seconds.filed = half + (await until(database.url, handedOver, size));
  console.error(`  built, filed and handed over in ${seconds.filed.toFixed(1)} s`);
  const beside = await load.stop();
  seconds.sent = await until(
    database.url,
    `select count(*)::int as n from debit_order where state = 'sent'`,
    size,
  );
  const files = await answerAll(database, path.join(server.dir, 'data'));
  seconds.booked = await until(
    database.url,
    `select count(*)::int as n from debit_order where state = 'collected'`,
    size,
  );
  console.error(`  booked in ${seconds.booked.toFixed(1)} s`);
  const memoryMb = await peakMemoryMb(worker.pid);
  await worker.stop();
  return outcome(server, {
    size,
    seconds,
    beside,
    files,
    memory: { halfMb, memoryMb },
    books: (await checkBooks(database)).payments,
  });
}

/** Seconds until a count is reached. */
async function until(url: string, sql: string, wanted: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const [row] = await ask(url, sql);
    if (Number(row?.['n']) >= wanted) return (performance.now() - startedAt) / 1000;
    if (performance.now() - startedAt > 1_800_000)
      throw new Error(`${sql}: ${String(row?.['n'])} of ${wanted}`);
    await sleep(250);
  }
}

/** Payments at one pace, measured ten seconds at a time, until it is stopped. */
function steadyLoad(
  payer: Payer,
  port: number,
  world: World,
): { first: Promise<unknown>; stop(): Promise<LoadResult[]> } {
  let isOver = false;
  const results: LoadResult[] = [];
  const one = (): Promise<LoadResult> =>
    payer.pay({
      port,
      auth: { kind: 'bearer', key: world.bearer.secret },
      perSecond: PAYMENTS_A_SECOND,
      connections: 32,
      seconds: LOAD_SECONDS,
    });
  const first = one();
  const all = first.then(async () => {
    while (!isOver) results.push(await one());
  });
  return {
    first,
    async stop() {
      isOver = true;
      await all;
      return results;
    },
  };
}

interface Measured {
  readonly size: number;
  readonly seconds: { planned: number; filed: number; sent: number; booked: number };
  readonly beside: readonly LoadResult[];
  readonly files: number;
  readonly memory: { readonly halfMb: number; readonly memoryMb: number };
  readonly books: number;
}

async function outcome(
  server: BenchServer,
  { size, seconds, beside, files, memory, books }: Measured,
): Promise<BenchOutcome> {
  const bills = size * BILLS_EACH;
  const p99Ms = Math.max(...beside.map((each) => each.p99Ms));
  const rate = bills / seconds.booked;
  const scaled = (LIMIT_SECONDS * size) / MANDATES;
  return {
    durability: await readDurability(server),
    findings: {
      title: `Debits: ${size.toLocaleString('en')} mandates with ${bills.toLocaleString('en')} open bills`,
      rows: [
        {
          what: 'orders built, in files, and the files with the bank',
          mustReach: `≤ ${scaled} s`,
          measured: `${seconds.filed.toFixed(1)} s`,
          isMet: seconds.filed <= scaled,
        },
        {
          what: 'planned and told to the payers, days before',
          mustReach: '',
          measured: `${seconds.planned.toFixed(1)} s`,
        },
        {
          what: 'peak memory of the worker: half of the files made, and at the end',
          mustReach: 'flat',
          measured: `${memory.halfMb} MB, ${memory.memoryMb} MB`,
          isMet: memory.memoryMb <= memory.halfMb * FLAT,
        },
        {
          what: `payments at the gateway meanwhile, ${PAYMENTS_A_SECOND} a second: p99`,
          mustReach: `≤ ${P99_LIMIT_MS} ms`,
          measured: `${p99Ms.toFixed(1)} ms`,
          isMet: p99Ms <= P99_LIMIT_MS,
        },
        {
          what: `answers of ${files} files taken and booked: bills`,
          mustReach: `≥ ${BILLS_A_SECOND.toLocaleString('en')} a second`,
          measured: `${Math.round(rate).toLocaleString('en')} a second`,
          isMet: rate >= BILLS_A_SECOND,
        },
      ],
      notes: [
        'The worker as a process of its own in its ordinary rounds, files of at most 5,000 debits by a folder; the pauses of its rounds are part of the figures.',
        'p99: the worst of measurements of ten seconds each.',
      ],
      answers: beside.reduce((sum, { count }) => sum + count, 0),
      failed: beside.reduce((sum, { failed }) => sum + failed, 0),
      firstFailure: beside.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure,
      books: `hold, ${books} payments`,
      measurements: { seconds, beside, memory },
    },
  };
}
