// A channel's day of a million payments (`--size`) against its file of as many lines, over HTTP until the breaks are open,
// against raw COPY of the same rows and a full outer join. The memory of gateway and worker is read from the kernel.

import path from 'node:path';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { copyAndJoin, reconcile, writeDay, type DayState } from './day-file.ts';
import { median } from './drive.ts';
import { fill } from './fill.ts';
import { peakMemoryMb } from './memory.ts';
import { ratioRow, readDurability } from './report.ts';
import { medianRatio } from './rounds.ts';
import { runGateway, runWorker } from './run-gateway.ts';
import { ask, createDatabase, startServer } from './server.ts';
import { makeWorld } from './world.ts';

const DAY = 1_000_000;
const MEMORY_LIMIT_MB = 250;

export async function benchReconcile({ rounds, size = DAY }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'reconcile');
  const world = await makeWorld(database);
  const onDate = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const openBills = Math.ceil(size / 10);
  const filled = await fill(database, { openBills, paidBills: openBills * 10, onDate });
  const files = await writeDay(database, onDate, {
    csv: path.join(server.dir, 'day.csv'),
    copy: path.join(server.dir, 'day.copy'),
  });
  const worker = await runWorker(server, world);
  const gateway = await runGateway(server, world);
  const memory = async () => ({
    gateway: await peakMemoryMb(gateway.pid),
    worker: await peakMemoryMb(worker.pid),
  });
  const idle = await memory();
  const states: DayState[] = [];
  const seconds = {
    reconcile: [] as number[],
    received: [] as number[],
    raw: [] as number[],
    rawCopy: [] as number[],
  };
  const send = async (blanks: number): Promise<void> => {
    const { state, receivedSeconds } = await reconcile(
      gateway.port,
      world.bearer.secret,
      onDate,
      files,
      blanks,
    );
    states.push(state);
    seconds.received.push(receivedSeconds);
  };
  await send(1); // compiles; its breaks are the ones that the others find again
  const first = await memory();
  for (let round = 0; round < rounds; round++) {
    await ask(server.url, 'checkpoint'); // neither pays for the pages of the other
    const startedAt = performance.now();
    await send(2 + round);
    seconds.reconcile.push((performance.now() - startedAt) / 1000);
    await ask(server.url, 'checkpoint');
    const raw = await copyAndJoin(database.url, onDate, files);
    seconds.raw.push(raw.seconds);
    seconds.rawCopy.push(raw.copySeconds);
    console.error(
      `  round ${round + 1}: reconciled in ${seconds.reconcile.at(-1)?.toFixed(2)} s, received in ${seconds.received.at(-1)?.toFixed(2)} s; COPY and join ${raw.seconds.toFixed(2)} s (COPY ${raw.copySeconds.toFixed(2)} s)`,
    );
  }
  const peak = await memory();
  const durability = await readDurability(server);
  const books = await checkBooks(database, filled.paidBills);
  const wrong = states.filter(
    ({ breaks }) => breaks.reduce((sum, { open }) => sum + open, 0) !== files.breaks,
  );
  const isFull = size >= DAY;
  const figure = ratioRow(
    'from the first byte sent until the breaks are open, against raw COPY and full outer join',
    medianRatio(seconds.reconcile, seconds.raw),
    { atMost: 3 },
    `${median(seconds.reconcile).toFixed(1)} s against ${median(seconds.raw).toFixed(1)} s, of which COPY ${median(seconds.rawCopy).toFixed(1)} s`,
  );
  return {
    durability,
    findings: {
      title: `Reconciliation: ${files.lines.toLocaleString('en')} lines against ${filled.paidBills.toLocaleString('en')} payments`,
      rows: [
        isFull ? figure : { what: figure.what, mustReach: '', measured: figure.measured },
        ...(['gateway', 'worker'] as const).map((name) => ({
          what: `peak memory of the ${name}`,
          mustReach: `≤ ${MEMORY_LIMIT_MB} MB`,
          measured: `${peak[name]} MB (${idle[name]} MB before the first file, ${first[name]} MB after it)`,
          isMet: peak[name] <= MEMORY_LIMIT_MB,
        })),
      ],
      notes: [
        `One line in a thousand is wrong, ${files.breaks.toLocaleString('en')} breaks: another amount, another status, a line too many, too few, twice. A first file opens them; the ${rounds} of the figure find them again.`,
        'The yardstick: the same rows, unlogged, through the driver, and a statement that counts what is unlike, with the same work_mem.',
        'Memory: VmHWM of /proc, the whole process.',
      ],
      answers: states.length,
      failed: wrong.length,
      firstFailure: wrong[0] === undefined ? undefined : JSON.stringify(wrong[0]).slice(0, 2_000),
      books: `hold, ${books.payments} payments, checked in ${Math.round(books.seconds)} s`,
      measurements: { ...seconds, memoryMb: { idle, first, peak } },
    },
  };
}
