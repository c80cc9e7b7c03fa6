// What operations watch of debits on their way to banks (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import { unansweredDebits } from './unanswered.ts';
import { unservedDebits, type UnservedParts } from './unserved.ts';

const shared = new WeakSet<Registry>();

/** Gateway and worker may be one process: registered once. */
export function sendingMetrics(registry: Registry, parts: UnservedParts): void {
  if (shared.has(registry)) return;
  shared.add(registry);
  new Gauge({
    name: 'wasit_debits_unserved',
    help: 'Debits whose day has come and which no agreement with the bank of their payers lets through.',
    labelNames: ['biller', 'channel'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { biller, channel, count } of await unservedDebits(parts))
        this.set({ biller, channel }, count);
    },
  });
  new Gauge({
    name: 'wasit_debits_unanswered',
    help: 'Debits that their banks have had for more than five working days after the day of collection without an answer.',
    labelNames: ['biller', 'channel'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { biller, channel, count } of await unansweredDebits(parts))
        this.set({ biller, channel }, count);
    },
  });
}
