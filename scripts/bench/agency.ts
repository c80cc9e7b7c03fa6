// The agencies of a benchmark: their process, the webhooks of the billers that lead there, and what has come.

import { setTimeout as sleep } from 'node:timers/promises';
import { newWebhookSecret } from '../../src/kernel/standard-webhooks.ts';
import { startProgram } from './program.ts';
import { benchPort } from './server.ts';
import type { World } from './world.ts';

export interface AgencyPlan {
  readonly controlPort: number;
  readonly agencies: readonly { readonly port: number; readonly secret: string }[];
}

export interface AgencyReport {
  /** Since the last reset. */
  readonly requests: number;
  readonly events: number;
  /** Of them: come before. */
  readonly repeated: number;
  /** Since the start: different events, and requests whose signature does not hold. */
  readonly distinct: number;
  readonly forged: number;
  /** From the instant at which the database decided the payment, before its commit, until its event had come. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const STUCK_AFTER_MS = 60_000;

export class Agencies {
  readonly pid: number;
  readonly #plan: AgencyPlan;

  private constructor(pid: number, plan: AgencyPlan) {
    this.pid = pid;
    this.#plan = plan;
  }

  /** One for each biller of the world. */
  static async start(world: World): Promise<Agencies> {
    const agencies: { port: number; secret: string }[] = [];
    while (agencies.length < world.billers.length)
      agencies.push({ port: await benchPort(), secret: newWebhookSecret() });
    const plan: AgencyPlan = { controlPort: await benchPort(), agencies };
    const { pid } = await startProgram('./agency-process.ts', { BENCH_AGENCIES: JSON.stringify(plan) });
    return new Agencies(pid, plan);
  }

  /** As agencies do it, through the gateway. `inBatches`: how many of the first of them want many events in a request. */
  async setWebhooks(gatewayPort: number, world: World, inBatches: number): Promise<void> {
    for (const [i, { agency }] of world.billers.entries()) {
      const { port, secret } = this.#plan.agencies[i] ?? {};
      const answer = await fetch(`http://127.0.0.1:${gatewayPort}/v1/webhook`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${agency.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url: `http://127.0.0.1:${port}/events`, secret, batch: i < inBatches }),
      });
      if (answer.status !== 200) throw new Error(`a webhook was answered ${await answer.text()}`);
    }
  }

  report(): Promise<AgencyReport> {
    return this.#ask('/report');
  }

  async reset(): Promise<void> {
    await this.#ask('/reset');
  }

  /** Waits until so many different events have come; throws when for a minute none comes. */
  async untilTold(events: number, lookEveryMs = 20): Promise<void> {
    let { distinct } = await this.report();
    for (let movedAt = performance.now(); distinct < events; await sleep(lookEveryMs)) {
      const now = await this.report();
      if (now.distinct > distinct) movedAt = performance.now();
      ({ distinct } = now);
      if (performance.now() - movedAt > STUCK_AFTER_MS)
        throw new Error(`${events - distinct} events have not come: ${JSON.stringify(now)}`);
    }
  }

  async #ask(path: string): Promise<AgencyReport> {
    const answer = await fetch(`http://127.0.0.1:${this.#plan.controlPort}${path}`);
    return (await answer.json()) as AgencyReport;
  }
}
