// What operations watch of the links to banks of payers: how they answer, and what waits for them.

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { countWaiting } from './store-waiting.ts';

export interface BankLinkMetrics {
  onCall(channel: string, kind: 'answered' | 'down' | 'wrong', tookMs: number): void;
  /** ALARM. */
  onWrong(channel: string): void;
}

const shared = new WeakMap<Registry, BankLinkMetrics>();

/** Gateway and worker may be one process: they are counted together. */
export function bankLinkMetrics(registry: Registry, database: Database): BankLinkMetrics {
  const known = shared.get(registry);
  if (known !== undefined) return known;
  const metrics = register(registry, database);
  shared.set(registry, metrics);
  return metrics;
}

function register(registry: Registry, database: Database): BankLinkMetrics {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'wasit_bank_link_seconds',
    help: 'What the bank of payers took to answer a call about a mandate or a debit.',
    labelNames: ['channel', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const wrong = new Counter({
    name: 'wasit_bank_link_wrong_answers_total',
    help: 'ALARM: answers of a bank that were thrown away; what was asked for waits and is asked for again.',
    labelNames: ['channel'],
    registers,
  });
  new Gauge({
    name: 'wasit_bank_link_waiting',
    help: 'Mandates, cancellations of them and debits that wait for a linked bank to take them, and have been tried.',
    labelNames: ['channel', 'what'],
    registers,
    async collect() {
      this.reset();
      for (const { code, what, count } of await database.transaction(countWaiting))
        this.set({ channel: code, what }, count);
    },
  });
  return {
    onCall: (channel, kind, tookMs) => seconds.observe({ channel, outcome: kind }, tookMs / 1000),
    onWrong: (channel) => wrong.inc({ channel }),
  };
}
