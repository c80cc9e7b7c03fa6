// Inquiries of a linked biller: its agency's own system answers each after a few milliseconds, and what Wasit adds is
// the rest of what the channel waits.

import { newWebhookSecret } from '../../src/kernel/standard-webhooks.ts';
import { setLink } from '../../src/billers/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { drive, median } from './drive.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { spreadOf } from './payer.ts';
import { startProgram } from './program.ts';
import { readDurability, type Row } from './report.ts';
import { runGateway } from './run-gateway.ts';
import { benchPort, createDatabase, startServer } from './server.ts';
import { BILLER, makeWorld, type World } from './world.ts';

export interface LinkReport {
  readonly answers: number;
  readonly wrong: number;
  /** From the first byte of a question until the answer was handed over. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Asked {
  readonly inquiry: LoadResult;
  readonly own: LinkReport;
}

const OWN_MS = 5;
const PER_SECOND = 200;
const WARM_UP_MS = 1000;
const LIMIT_MS = 3;
/** Of numbers that the agency knows; each is asked for once before any is asked for again. */
const BILLS = 1_000_000;

export async function benchLink({ rounds, seconds }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'link');
  const world = await makeWorld(database);
  const agency = await startAgency(world);
  const gateway = await runGateway(server, world);
  const first: Asked[] = [];
  const again: Asked[] = [];
  let next = 0;
  let answers = 0;
  const ask = async (from: number): Promise<Asked> => {
    await agency.ask('/reset');
    const inquiry = await drive(planOf(gateway.port, world, from, seconds));
    const asked = { inquiry, own: await agency.ask('/report') };
    next = Math.max(next, from + inquiry.sent);
    answers += inquiry.sent;
    const { p50Ms } = inquiry;
    console.error(
      `  inquiry ${p50Ms.toFixed(2)} ms, the agency's own ${asked.own.p50Ms.toFixed(2)} ms (p50)`,
    );
    return asked;
  };
  await ask(0); // compiles; thrown away
  for (let round = 0; round < rounds; round++) {
    const from = next;
    first.push(await ask(from));
    again.push(await ask(from));
  }
  const durability = await readDurability(server);
  await checkBooks(database, 0);
  const all = [...first, ...again];
  const wrong = all.at(-1)?.own.wrong ?? 0;
  return {
    durability,
    findings: {
      title: 'Link: what an inquiry adds to the own time of the agency that is asked',
      rows: [addedRow('bills asked for the first time', first), addedRow('bills asked for before', again)],
      notes: [
        `${PER_SECOND} inquiries a second, each for another bill, each a question to the agency, which answers after a timer of ${OWN_MS} ms; ${rounds} rounds of ${seconds} s each after a second of warm-up.`,
        "The agency's own time is taken in its process, from the head of the question until the answer was handed over; all else that the channel waits is added: gate, call, check of the answer, bill and snapshot kept, inquiry answered.",
      ],
      answers,
      failed: all.reduce((sum, { inquiry }) => sum + inquiry.failed, wrong),
      firstFailure: all.find(({ inquiry }) => inquiry.firstFailure !== undefined)?.inquiry.firstFailure,
      books: 'hold, nothing was paid',
      measurements: { first, again },
    },
  };
}

async function startAgency(world: World): Promise<{ ask(path: string): Promise<LinkReport> }> {
  const secret = newWebhookSecret();
  const port = await benchPort();
  const controlPort = await benchPort();
  await startProgram('./link-process.ts', {
    BENCH_PORT: String(port),
    BENCH_CONTROL_PORT: String(controlPort),
    BENCH_SECRET: secret,
    BENCH_OWN_MS: String(OWN_MS),
  });
  const masterKey = Buffer.from(world.masterKey, 'base64');
  const wish = { url: `http://127.0.0.1:${port}`, secret };
  const set = await setLink(
    world.database,
    BILLER.code,
    wish,
    { masterKey, allowedNetworks: ['127.0.0.0/8'] },
    { name: 'bench', origin: 'cli' },
  );
  if (!set.ok) throw new Error(set.reason);
  return {
    ask: async (path) => (await (await fetch(`http://127.0.0.1:${controlPort}${path}`)).json()) as LinkReport,
  };
}

function addedRow(what: string, asked: readonly Asked[]): Row {
  const added = median(asked.map(({ inquiry, own }) => inquiry.p50Ms - own.p50Ms));
  const of = (list: readonly number[]): string => median(list).toFixed(1);
  const inquiry = `${of(asked.map((each) => each.inquiry.p50Ms))} ms against ${of(asked.map((each) => each.own.p50Ms))} ms`;
  const p99 = `p99 ${of(asked.map((each) => each.inquiry.p99Ms))} ms against ${of(asked.map((each) => each.own.p99Ms))} ms`;
  return {
    what: `added at the median, ${what}`,
    mustReach: `≤ ${LIMIT_MS} ms`,
    measured: `${added.toFixed(1)} ms (p50 ${inquiry}; ${p99})`,
    isMet: added <= LIMIT_MS,
  };
}

function planOf(port: number, world: World, first: number, seconds: number): LoadPlan {
  return {
    port,
    connections: 64,
    warmUpMs: WARM_UP_MS,
    durationMs: seconds * 1000,
    expectedStatus: 200,
    perSecond: PER_SECOND,
    request: {
      method: 'POST',
      path: '/v1/inquiries',
      bodies: [JSON.stringify({ billerCode: BILLER.code, billNumber: 'B{bill}' })],
      auth: { kind: 'bearer', key: world.bearer.secret },
    },
    numbers: { billers: 1, first, limit: 1e12, count: BILLS, spread: spreadOf(BILLS), stride: 1 },
  };
}
