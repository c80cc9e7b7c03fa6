// An agency was away, and a million events wait for it (`--size`): how fast a worker drains them in batches, in how
// much memory, and how payments of the same agency go on meanwhile.

import type { Agencies } from './agency.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { checkConfirmed } from './confirmed.ts';
import { payAtPace, prepareConfirming } from './confirming.ts';
import { cpuSeconds } from './cpu.ts';
import { median } from './drive.ts';
import type { LoadResult } from './load-plan.ts';
import { memoryMb, peakMemoryMb } from './memory.ts';
import { readDurability } from './report.ts';
import { runWorker } from './run-gateway.ts';
import { BILLER } from './world.ts';

const SIZE = 1_000_000;
const PAID_FOR_ONE_OPEN = 4;
const MUST_DRAIN = 5000;
const MEMORY_LIMIT_MB = 250;
const PAYMENTS_PER_SECOND = 500;
const LOOK_EVERY_MS = 100;

export async function benchBacklog({ seconds, size = SIZE }: BenchOptions): Promise<BenchOutcome> {
  const setting = await prepareConfirming({
    name: 'backlog',
    agencies: 1,
    inBatches: 1,
    openBillsEach: size / PAID_FOR_ONE_OPEN,
    paidBills: size,
  });
  const { server, world, payer, agencies } = setting;
  const { database } = world;
  await database.transaction((tx) =>
    tx.query('update delivery set delivered_number = 0 where biller_id = $1', [BILLER.id]),
  );
  const payLightly = (): Promise<LoadResult> =>
    payAtPace(setting, { perSecond: PAYMENTS_PER_SECOND, connections: 64, seconds });
  const before = await payLightly();

  const worker = await runWorker(server, world);
  const startedAt = performance.now();
  const idleMb = await memoryMb(worker.pid);
  const drain = watchDrain(agencies, worker.pid, size);
  const runs: LoadResult[] = [];
  while (!drain.isOver()) runs.push(await payLightly());
  const { drainedAt, memory, cpu } = await drain.ended;
  const rate = (size / (drainedAt - startedAt)) * 1000;
  const peakMb = await peakMemoryMb(worker.pid);
  const durability = await readDurability(server);
  const { events, repeated } = await checkConfirmed(database, agencies);
  const books = await checkBooks(database, size + payer.accepted);
  const paid = median(runs.map((run) => run.rate));
  return {
    durability,
    findings: {
      title: `Backlog: ${size.toLocaleString('en')} undelivered events of one agency, in batches`,
      rows: [
        {
          what: 'drained, while payments go on',
          mustReach: `≥ ${MUST_DRAIN.toLocaleString('en')} events/s`,
          measured: `${Math.round(rate).toLocaleString('en')} events/s (${((drainedAt - startedAt) / 1000).toFixed(1)} s; worker ${Math.round((cpu * 1e6) / size)} µs of CPU an event)`,
          isMet: rate >= MUST_DRAIN,
        },
        {
          what: 'peak memory of the worker',
          mustReach: `≤ ${MEMORY_LIMIT_MB} MB`,
          measured: `${peakMb} MB (${idleMb} MB before, ${memory.join(', ')} MB at each tenth)`,
          isMet: peakMb <= MEMORY_LIMIT_MB,
        },
        {
          what: `payments meanwhile, ${PAYMENTS_PER_SECOND}/s sent`,
          mustReach: `≥ ${0.98 * PAYMENTS_PER_SECOND}/s`,
          measured: `${Math.round(paid)}/s, p99 ${median(runs.map((run) => run.p99Ms)).toFixed(1)} ms (${before.p99Ms.toFixed(1)} ms before the drain)`,
          isMet: paid >= 0.98 * PAYMENTS_PER_SECOND,
        },
      ],
      notes: [
        'The events are those of payments filled in by SQL, numbered in bulk; the agency has a webhook and had been told none of them. From the worker’s start until the last of them, by count, was in the agency’s process.',
        `Payments of the same agency are sent at a steady pace the whole time, in runs of ${seconds} s; p99 is the median of ${runs.length} runs. Their events wait their turn behind the backlog.`,
        'Memory: VmHWM of /proc at the end, and VmRSS on the way.',
      ],
      answers: payer.answers,
      failed: payer.failed,
      firstFailure: payer.firstFailure,
      books: `hold, ${books.payments} payments; ${events} events came to the agency, none is missing, ${repeated} came again`,
      measurements: { before, runs, rate, memory, peakMb },
    },
  };
}

interface Drain {
  readonly drainedAt: number;
  /** Megabytes at each tenth of the way. */
  readonly memory: readonly number[];
  /** Seconds of the worker. */
  readonly cpu: number;
}

function watchDrain(
  agencies: Agencies,
  workerPid: number,
  size: number,
): { isOver(): boolean; ended: Promise<Drain> } {
  let isOver = false;
  const ended = (async (): Promise<Drain> => {
    const cpuBefore = await cpuSeconds(workerPid);
    const memory: number[] = [];
    for (let tenth = 1; tenth <= 10; tenth++) {
      await agencies.untilTold(Math.ceil((size * tenth) / 10), LOOK_EVERY_MS);
      memory.push(await memoryMb(workerPid));
      console.error(`  ${tenth} tenths drained, worker ${memory.at(-1)} MB`);
    }
    return { drainedAt: performance.now(), memory, cpu: (await cpuSeconds(workerPid)) - cpuBefore };
  })().finally(() => (isOver = true));
  ended.catch(() => undefined); // asked for when the payments of the moment are done
  return { isOver: () => isOver, ended };
}
