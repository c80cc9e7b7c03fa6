// A bill file of a million lines over HTTP, every line validated, until its state is `done`, against raw COPY of the
// very same rows into an equally indexed table. The memory of gateway and worker is read from the kernel.

import path from 'node:path';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { copyRaw, createRawTable, unloadBills, writeBillFile } from './bill-lines.ts';
import { checkBooks } from './books.ts';
import { median } from './drive.ts';
import { loadBillFile, type FileState } from './load-bill-file.ts';
import { peakMemoryMb } from './memory.ts';
import { ratioRow, readDurability } from './report.ts';
import { medianRatio } from './rounds.ts';
import { runGateway, runWorker } from './run-gateway.ts';
import { ask, createDatabase, startServer } from './server.ts';
import { makeWorld } from './world.ts';

const LINES = 1_000_000;
const MEMORY_LIMIT_MB = 250;

export async function benchBillFile({ rounds }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'bill_file');
  const world = await makeWorld(database);
  await createRawTable(database.url);
  const worker = await runWorker(server, world);
  const gateway = await runGateway(server, world);
  const idle = { gateway: await peakMemoryMb(gateway.pid), worker: await peakMemoryMb(worker.pid) };
  const states: FileState[] = [];
  const csv = path.join(server.dir, 'bills.csv');
  const rows = path.join(server.dir, 'bills.copy');

  await load(0, 20_000); // compiles; thrown away
  states.length = 0;
  const seconds = { load: [] as number[], raw: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    seconds.load.push(await load(round, LINES));
    await unloadBills(database.url, round, rows);
    await ask(server.url, 'checkpoint'); // neither pays for the pages of the other
    seconds.raw.push(await copyRaw(database.url, rows));
    await ask(server.url, 'checkpoint');
    console.error(
      `  round ${round}: load ${seconds.load.at(-1)?.toFixed(2)} s, raw COPY ${seconds.raw.at(-1)?.toFixed(2)} s`,
    );
  }
  const peak = { gateway: await peakMemoryMb(gateway.pid), worker: await peakMemoryMb(worker.pid) };
  const durability = await readDurability(server);
  await checkBooks(database, 0);
  const wrong = states.filter(({ created, rejected }) => created !== LINES || rejected !== 0);
  return {
    durability,
    findings: {
      title: 'Bill file: a million lines, every one validated',
      rows: [
        ratioRow(
          'from the first byte sent until done, against raw COPY',
          medianRatio(seconds.load, seconds.raw),
          { atMost: 2.5 },
          `${median(seconds.load).toFixed(1)} s against ${median(seconds.raw).toFixed(1)} s`,
        ),
        ...(['gateway', 'worker'] as const).map((name) => ({
          what: `peak memory of the ${name}`,
          mustReach: `≤ ${MEMORY_LIMIT_MB} MB`,
          measured: `${peak[name]} MB (${idle[name]} MB before the first file)`,
          isMet: peak[name] <= MEMORY_LIMIT_MB,
        })),
      ],
      notes: [
        `${rounds} files of ${LINES.toLocaleString('en')} lines; each round loads bills of its own, so both tables grow alike.`,
        'Raw COPY: the rows that the load had made, through the driver into a table with the columns, constraints and indexes of `bill`.',
        'Memory: VmHWM of /proc, the whole process.',
      ],
      answers: states.length,
      failed: wrong.length,
      firstFailure: wrong[0] === undefined ? undefined : JSON.stringify(wrong[0]),
      books: 'hold, nothing was paid; every line became a bill',
      measurements: { ...seconds, states, memoryMb: { idle, peak } },
    },
  };

  /** Seconds from the first byte until the state is `done`. */
  async function load(number: number, lines: number): Promise<number> {
    await writeBillFile(csv, number, lines);
    const startedAt = performance.now();
    states.push(await loadBillFile(gateway.port, world.agency.secret, csv));
    return (performance.now() - startedAt) / 1000;
  }
}
