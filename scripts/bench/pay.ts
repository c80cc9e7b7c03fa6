// Payments of one hot biller over HTTP against the yardsticks: TPC-B-like on the same server, the same gateway with
// groups of one, one direct call for the lone client, signed requests against bearer keys, and a slow disk.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { cpuSeconds, cpuSecondsBelow } from './cpu.ts';
import { median } from './drive.ts';
import { fill } from './fill.ts';
import type { BearerPlan, LoadResult, SignaturePlan } from './load-plan.ts';
import { Payer } from './payer.ts';
import { perSecond, ratioRow, readDurability, type Row } from './report.ts';
import { medianRatio, takeTurns } from './rounds.ts';
import { runGateway, runServer, type RunningGateway } from './run-gateway.ts';
import { ask, createDatabase, startServer, type BenchServer } from './server.ts';
import { prepareTpcb, type Tpcb } from './tpcb.ts';
import { makeWorld, type World } from './world.ts';

interface Setting extends BenchOptions {
  readonly server: BenchServer;
  readonly world: World;
  readonly payer: Payer;
  readonly bearer: BearerPlan;
  readonly gateway: RunningGateway;
  readonly ones: RunningGateway;
  /** Every load that was measured, by name, in order. */
  readonly runs: Record<string, LoadResult[]>;
  /** Microseconds of CPU a payment by bearer key, one entry per run. */
  readonly cpu: { gateway: number; postgres: number; generator: number }[];
}

const OPEN_BILLS = 2_000_000;

export async function benchPay(options: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'pay');
  const world = await makeWorld(database);
  const filled = await fill(database, { openBills: OPEN_BILLS, paidBills: 0 });
  const tpcb = await prepareTpcb(server);
  const setting: Setting = {
    ...options,
    server,
    world,
    payer: new Payer(filled),
    bearer: { kind: 'bearer', key: world.bearer.secret },
    gateway: await runGateway(server, world),
    ones: await runGateway(server, world, { WASIT_GROUP_LIMIT: '1' }),
    runs: {},
    cpu: [],
  };
  await warmUp(setting);
  const rows = [...(await crowd(setting, tpcb)), ...(await lone(setting)), ...(await slowDisk(setting))];
  const durability = await readDurability(server);
  const { payer, runs } = setting;
  const books = await checkBooks(database, payer.accepted);
  return {
    durability,
    findings: {
      title: 'Pay: one hot biller, authenticated, validated, durable, double entry, outbox',
      rows,
      notes: [
        `${options.rounds} rounds of ${options.seconds} s each after a second of warm-up; ${OPEN_BILLS.toLocaleString('en')} open bills, each payment pays a fresh one anywhere in the table.`,
        `TPC-B-like: ${tpcb.means}, best at ${tpcb.clients} clients.`,
        'The direct call is a route behind the same server, gate and checks that pays by one call of a function in the database.',
      ],
      answers: payer.answers,
      failed: payer.failed,
      firstFailure: payer.firstFailure,
      books: `hold, ${books.payments} payments, as many as were answered 201`,
      measurements: { runs, cpuMicrosecondsAPayment: setting.cpu },
    },
  };
}

/** Both gateways have compiled their code before anything is measured. */
async function warmUp({ payer, bearer, gateway, ones }: Setting): Promise<void> {
  await payer.pay({ port: gateway.port, auth: bearer, connections: 64, seconds: 4 });
  await payer.pay({ port: ones.port, auth: bearer, connections: 64, seconds: 2 });
}

async function crowd(setting: Setting, tpcb: Tpcb): Promise<Row[]> {
  const { world, bearer, gateway, ones, rounds, seconds } = setting;
  let signedLimit = 0;
  const hmac: SignaturePlan = { kind: 'hmac-sha256', ...world.hmac };
  const ed25519: SignaturePlan = { kind: 'ed25519', ...world.ed25519 };
  const rates = await takeTurns(rounds, {
    tpcb: () => tpcb.measure(seconds),
    bearer: async () => {
      const rate = await withCpu(setting, () => rateOf(setting, 'bearer', gateway, bearer));
      signedLimit = Math.ceil(rate * (seconds + 2));
      return rate;
    },
    hmac: () => rateOf(setting, 'hmac', gateway, hmac, signedLimit || 120_000),
    ed25519: () => rateOf(setting, 'ed25519', gateway, ed25519, signedLimit || 120_000),
    ones: () => rateOf(setting, 'groups of one', ones, bearer),
  });
  const p99 = median((setting.runs['bearer'] ?? []).map((run) => run.p99Ms));
  const p50 = median((setting.runs['bearer'] ?? []).map((run) => run.p50Ms));
  const against = (subject: number[], yardstick: number[]) =>
    `${perSecond(subject)} against ${perSecond(yardstick)}`;
  const cpu = (of: 'gateway' | 'postgres' | 'generator') =>
    `${median(setting.cpu.map((each) => each[of]))} µs`;
  return [
    ratioRow(
      'c=64 against TPC-B-like at its best',
      medianRatio(rates.bearer, rates.tpcb),
      { atLeast: 2 },
      against(rates.bearer, rates.tpcb),
    ),
    ratioRow(
      'c=64 against groups of one',
      medianRatio(rates.bearer, rates.ones),
      { atLeast: 5 },
      against(rates.bearer, rates.ones),
    ),
    {
      what: 'c=64, p99',
      mustReach: '≤ 40 ms',
      measured: `${p99.toFixed(1)} ms (p50 ${p50.toFixed(1)} ms)`,
      isMet: p99 <= 40,
    },
    {
      what: 'c=64, CPU a payment',
      mustReach: '',
      measured: `gateway ${cpu('gateway')}, PostgreSQL ${cpu('postgres')}, generator ${cpu('generator')}`,
    },
    ratioRow(
      'HMAC-SHA256 signatures against bearer keys',
      medianRatio(rates.hmac, rates.bearer),
      { atLeast: 0.7 },
      against(rates.hmac, rates.bearer),
    ),
    ratioRow(
      'Ed25519 signatures against bearer keys',
      medianRatio(rates.ed25519, rates.bearer),
      { atLeast: 0.45 },
      against(rates.ed25519, rates.bearer),
    ),
  ];
}

async function withCpu(setting: Setting, measure: () => Promise<number>): Promise<number> {
  const { server, gateway, payer, cpu } = setting;
  const read = async () => ({
    gateway: await cpuSeconds(gateway.pid),
    postgres: await cpuSecondsBelow(path.join(server.dir, 'pg')),
    answers: payer.answers,
  });
  const before = await read();
  const rate = await measure();
  const after = await read();
  const each = (seconds: number): number => Math.round((seconds * 1e6) / (after.answers - before.answers));
  cpu.push({
    gateway: each(after.gateway - before.gateway),
    postgres: each(after.postgres - before.postgres),
    generator: each(setting.runs['bearer']?.at(-1)?.cpuSeconds ?? 0),
  });
  return rate;
}

/** One client that waits for each answer, against one direct call to the server behind the same gate. */
async function lone(setting: Setting): Promise<Row[]> {
  const { server, world, payer, bearer, gateway, rounds } = setting;
  await ask(world.database.url, await fs.readFile(new URL('direct-call.sql', import.meta.url), 'utf8'));
  const direct = await runServer('./direct-call-process.ts', server, world);
  await payer.pay({ port: direct.port, auth: bearer, connections: 8, seconds: 2 });
  const p50 = async (name: string, port: number): Promise<number> => {
    const run = await payer.pay({ port, auth: bearer, connections: 1, seconds: 3 });
    (setting.runs[name] ??= []).push(run);
    return run.p50Ms;
  };
  const latency = await takeTurns(rounds + 2, {
    lone: () => p50('lone client', gateway.port),
    direct: () => p50('direct call', direct.port),
  });
  await direct.stop();
  const detail = `p50 ${median(latency.lone).toFixed(2)} ms against ${median(latency.direct).toFixed(2)} ms`;
  return [
    ratioRow(
      'c=1, latency against one direct call',
      medianRatio(latency.lone, latency.direct),
      { atMost: 1.3 },
      detail,
    ),
  ];
}

/** commit_delay makes each flush wait 2 ms, as on a disk or a standby that takes so long. */
async function slowDisk(setting: Setting): Promise<Row[]> {
  const { server, bearer, gateway, ones, rounds } = setting;
  await reconfigure(server, ['alter system set commit_delay = 2000', 'alter system set commit_siblings = 0']);
  const rates = await takeTurns(rounds, {
    groups: () => rateOf(setting, 'slow disk', gateway, bearer),
    ones: () => rateOf(setting, 'slow disk, groups of one', ones, bearer),
  });
  await reconfigure(server, ['alter system reset commit_delay', 'alter system reset commit_siblings']);
  const detail = `${perSecond(rates.groups)} against ${perSecond(rates.ones)}`;
  return [
    ratioRow(
      'c=64, flush of 2 ms, against groups of one',
      medianRatio(rates.groups, rates.ones),
      { atLeast: 15 },
      detail,
    ),
  ];
}

async function reconfigure(server: BenchServer, statements: string[]): Promise<void> {
  for (const statement of [...statements, 'select pg_reload_conf()']) await ask(server.url, statement);
}

async function rateOf(
  setting: Setting,
  name: string,
  { port }: RunningGateway,
  auth: BearerPlan | SignaturePlan,
  limit?: number,
): Promise<number> {
  const run = await setting.payer.pay({
    port,
    auth,
    connections: 64,
    seconds: setting.seconds,
    ...(limit !== undefined && { limit }),
  });
  (setting.runs[name] ??= []).push(run);
  return run.rate;
}
