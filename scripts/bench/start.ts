// `npm start` on an installed checkout, as a person does it: from the command to the first payment answered, in a
// fresh folder and a second time in the same one. Payments come from the demo's own file.

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/platform/db/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { toClose } from './closing.ts';
import { median } from './drive.ts';
import { readDurability } from './report.ts';
import { benchPort } from './server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GIVE_UP_MS = 120_000;

interface Demo {
  baseUrl: string;
  databaseUrl: string;
  clients: Record<string, { kind: string; key: string }>;
  bills: { billerCode: string; billNumber: string; amountDue: { value: string; currency: string } | null }[];
}

interface Tally {
  answers: number;
  failed: number;
  firstFailure: string | undefined;
  payments: number;
  durability: Record<string, string>;
}

export async function benchStart({ rounds }: BenchOptions): Promise<BenchOutcome> {
  const tally: Tally = { answers: 0, failed: 0, firstFailure: undefined, payments: 0, durability: {} };
  const first: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-bench-'));
    await fs.chmod(dir, 0o711);
    const removed = toClose(() => fs.rm(dir, { recursive: true, force: true }));
    const ports = {
      WASIT_PORT: await benchPort(),
      WASIT_METRICS_PORT: await benchPort(),
      WASIT_PG_PORT: await benchPort(),
      WASIT_REDIS_PORT: await benchPort(),
      WASIT_AGENCY_PORT: await benchPort(),
    };
    for (const times of [first, second]) {
      const seconds = await startAndPay(
        path.join(dir, 'data'),
        ports,
        `bench-${round}-${times === first ? 1 : 2}`,
        tally,
      );
      times.push(seconds);
      console.error(
        `  round ${round + 1}, ${times === first ? 'first' : 'second'} start: ${seconds.toFixed(2)} s`,
      );
    }
    await removed();
  }
  const row = (what: string, times: number[], limit: number) => ({
    what,
    mustReach: `≤ ${limit} s`,
    measured: `${median(times).toFixed(1)} s (${times.map((time) => time.toFixed(1)).join(', ')})`,
    isMet: median(times) <= limit,
  });
  return {
    durability: tally.durability,
    findings: {
      title: 'Start: `npm start` on an installed checkout until the first payment is answered',
      rows: [
        row('first start, in a fresh folder', first, 10),
        row('second start, in the same folder', second, 4),
      ],
      notes: [
        `Median of ${rounds}; from the command until a payment of the first bill in demo.json is answered 201, asked for every 50 ms.`,
      ],
      answers: tally.answers,
      failed: tally.failed,
      firstFailure: tally.firstFailure,
      books: `hold, ${tally.payments} payments in the last folder`,
      measurements: { first, second },
    },
  };
}

/** Seconds from the command to the answer. Afterwards the books are checked and everything is stopped. */
async function startAndPay(
  dataDir: string,
  ports: Record<string, number>,
  reference: string,
  tally: Tally,
): Promise<number> {
  const startedAt = performance.now();
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    WASIT_DATA_DIR: dataDir,
  };
  const child = spawn('npm', ['start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const stop = toClose(() => end(child));
  const demoFile = path.join(dataDir, 'demo.json');
  let demo: Demo | undefined;
  while (demo === undefined || !(await payFirst(demo, reference, tally))) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    if (performance.now() - startedAt > GIVE_UP_MS)
      throw new Error('npm start has taken no payment for two minutes');
    await sleep(50);
    demo = await fs.readFile(demoFile, 'utf8').then(
      (text) => JSON.parse(text) as Demo,
      () => undefined,
    );
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await inspect(demo, tally);
  await stop();
  return seconds;
}

/** False while nobody listens. The second start pays the second bill: the reference says which. */
async function payFirst(demo: Demo, reference: string, tally: Tally): Promise<boolean> {
  const bill = demo.bills.filter((each) => each.amountDue !== null)[Number(reference.slice(-1)) - 1];
  const channel = Object.values(demo.clients).find(({ kind }) => kind === 'channel');
  if (bill === undefined || bill.amountDue === null || channel === undefined)
    throw new Error('demo.json has no bill or no channel');
  const body = {
    reference,
    billerCode: bill.billerCode,
    bills: [{ billNumber: bill.billNumber, amount: bill.amountDue }],
    occurredAt: new Date().toISOString(),
    method: 'cash',
    outlet: { kind: 'branch', id: 'bench' },
  };
  const response = await fetch(`${demo.baseUrl}/v1/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${channel.key}` },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (response === undefined) return false;
  tally.answers++;
  if (response.status !== 201) {
    tally.failed++;
    tally.firstFailure ??= await response.text();
  }
  return true;
}

async function inspect(demo: Demo, tally: Tally): Promise<void> {
  const database = openDatabase(demo.databaseUrl, { poolSize: 2 });
  try {
    tally.payments = (await checkBooks(database)).payments;
    tally.durability = await readDurability({ url: demo.databaseUrl });
  } finally {
    await database.close();
  }
}

/** npm may be gone before what it has started: all of its group has to be. */
async function end({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  for (let signal: 'SIGTERM' | 0 = 'SIGTERM'; isAlive(-pid, signal); signal = 0) await sleep(20);
}

/** Sends the signal too; of a group, whether anyone was there to get it. */
function isAlive(pid: number, signal: 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
