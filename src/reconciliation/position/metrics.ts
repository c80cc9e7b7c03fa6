// Which channels are late with what they owe: an alarm (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readLate } from './store-position.ts';

export function positionMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_channel_late_days',
    help: 'By channel and currency, for how many days its oldest total that is due has been owed; 0: nothing is late.',
    labelNames: ['channel', 'currency'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readLate))
        this.set({ channel: row.code, currency: row.currency }, row.days);
    },
  });
  new Gauge({
    name: 'wasit_channel_late_minor',
    help: 'By channel and currency, what is due and not paid, less what is owed to the channel, in minor units.',
    labelNames: ['channel', 'currency'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readLate))
        this.set({ channel: row.code, currency: row.currency }, row.minor);
    },
  });
}
