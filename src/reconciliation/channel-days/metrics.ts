// What operations watch of channels' days: whether every day that is over has been proved against the channel's own books.
// The age of the oldest that has not is an alarm (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readStanding } from './store-standing.ts';

export function channelDayMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_channel_day_unbalanced_seconds',
    help: 'By channel that sends day files, how long ago its oldest unbalanced day was over; 0: all are balanced.',
    labelNames: ['channel'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding))
        this.set({ channel: row.code }, row.seconds);
    },
  });
  new Gauge({
    name: 'wasit_channel_days_unbalanced',
    help: 'By channel that sends day files, how many days are over and not balanced.',
    labelNames: ['channel'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding)) this.set({ channel: row.code }, row.days);
    },
  });
}
