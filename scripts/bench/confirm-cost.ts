// What confirming costs: the same load of payments with no worker, and with one that tells ten agencies and payers on
// the same two cores, in turns. What the rounds without a worker leave behind is delivered before the next is measured.

import path from 'node:path';
import type { AgencyReport } from './agency.ts';
import type { ConfirmSetting } from './confirm.ts';
import { untilConfirmed, untilPayersTold } from './confirmed.ts';
import { cpuSeconds, cpuSecondsBelow } from './cpu.ts';
import { median } from './drive.ts';
import type { LoadResult } from './load-plan.ts';
import { perSecond, ratioRow, type Row } from './report.ts';
import { medianRatio, takeTurns } from './rounds.ts';
import { runWorker } from './run-gateway.ts';

const CONNECTIONS = 64;
const WARM_UP_SECONDS = 3;
const WAYS = { batches: 10, mixed: 5 } as const;

/** Microseconds of CPU a payment, and how the agencies were told during the load. */
interface Cost {
  readonly run: LoadResult;
  readonly cpu: Record<'gateway' | 'postgres' | 'worker' | 'agencies', number>;
  readonly told?: AgencyReport;
}

export async function benchConfirmCost(
  setting: ConfirmSetting,
): Promise<{ rows: Row[]; notes: string[]; measurements: Record<string, Cost[]> }> {
  const costs: Record<'without' | keyof typeof WAYS, Cost[]> = { without: [], batches: [], mixed: [] };
  const rateOf = async (way: keyof typeof costs, measure: () => Promise<Cost>): Promise<number> => {
    const cost = await measure();
    costs[way].push(cost);
    return cost.run.rate;
  };
  await payWithWorker(setting, WAYS.batches); // the closed loop is warm too; thrown away
  const rates = await takeTurns(setting.rounds, {
    without: () => rateOf('without', () => payMeasured(setting)),
    batches: () => rateOf('batches', () => payWithWorker(setting, WAYS.batches)),
    mixed: () => rateOf('mixed', () => payWithWorker(setting, WAYS.mixed)),
  });
  const row = (way: keyof typeof WAYS, what: string): Row =>
    ratioRow(
      `pay, c=${CONNECTIONS}, confirmed to ten agencies ${what}, against no worker`,
      medianRatio(rates[way], rates.without),
      { atLeast: 0.85 },
      `${perSecond(rates[way])} against ${perSecond(rates.without)}, confirmed in p99 ${median(costs[way].map(({ told }) => told?.p99Ms ?? 0)).toFixed(0)} ms`,
    );
  const cpu = (way: keyof typeof costs): string =>
    (['gateway', 'postgres', 'worker', 'agencies'] as const)
      .map((of) => `${of} ${median(costs[way].map((cost) => cost.cpu[of]))} µs`)
      .join(', ');
  return {
    rows: [
      row('batches', 'in batches'),
      row('mixed', 'half in batches, half one by one'),
      { what: 'CPU a payment, no worker', mustReach: '', measured: cpu('without') },
      { what: 'CPU a payment, in batches', mustReach: '', measured: cpu('batches') },
      { what: 'CPU a payment, half one by one', mustReach: '', measured: cpu('mixed') },
    ],
    notes: [
      `Cost: ${setting.rounds} rounds of ${setting.seconds} s each after a second of warm-up, and ${WARM_UP_SECONDS} s more for each new worker; the agencies' process, too, works on the same two cores.`,
    ],
    measurements: costs,
  };
}

/** A worker for this load alone; it has caught up before and after. */
async function payWithWorker(setting: ConfirmSetting, inBatches: number): Promise<Cost> {
  const { server, world, gateway, agencies, payer } = setting;
  await agencies.setWebhooks(gateway.port, world, inBatches);
  const worker = await runWorker(server, world);
  await caughtUp();
  await warmUp();
  await agencies.reset();
  const cost = await payMeasured(setting, worker.pid);
  await agencies.untilTold(payer.accepted);
  const told = await agencies.report();
  await caughtUp();
  await worker.stop();
  return { ...cost, told };

  /** The gateway has been at work for long, so has the worker: its program is compiled. */
  async function warmUp(): Promise<void> {
    await payMeasured({ ...setting, seconds: WARM_UP_SECONDS });
    await caughtUp();
  }

  async function caughtUp(): Promise<void> {
    await untilConfirmed(world.database);
    await untilPayersTold(world.database);
  }
}

async function payMeasured(setting: ConfirmSetting, workerPid?: number): Promise<Cost> {
  const { server, world, gateway, agencies, payer, seconds } = setting;
  const read = async () => ({
    gateway: await cpuSeconds(gateway.pid),
    postgres: await cpuSecondsBelow(path.join(server.dir, 'pg')),
    worker: workerPid === undefined ? 0 : await cpuSeconds(workerPid),
    agencies: await cpuSeconds(agencies.pid),
    answers: payer.answers,
  });
  const before = await read();
  const run = await payer.pay({
    port: gateway.port,
    auth: { kind: 'bearer', key: world.bearer.secret },
    connections: CONNECTIONS,
    seconds,
  });
  const after = await read();
  const each = (of: keyof Cost['cpu']): number =>
    Math.round(((after[of] - before[of]) * 1e6) / (after.answers - before.answers));
  return {
    run,
    cpu: {
      gateway: each('gateway'),
      postgres: each('postgres'),
      worker: each('worker'),
      agencies: each('agencies'),
    },
  };
}
