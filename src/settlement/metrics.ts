// What operations watch of closing: whether every day that is over is settled. Age of the oldest that is not: an alarm
// (docs/operations.md).

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../platform/db/index.ts';
import { readCloseStanding } from './store-standing.ts';

export interface CloseMetrics {
  onClosed(biller: string, seconds: number): void;
}

export function closeMetrics(registry: Registry, database: Database): CloseMetrics {
  const registers = [registry];
  const closed = new Counter({
    name: 'wasit_settlements_total',
    help: 'Business days settled by this worker, by biller.',
    labelNames: ['biller'],
    registers,
  });
  const duration = new Histogram({
    name: 'wasit_close_seconds',
    help: 'From the seal of a business day to its settlement.',
    buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers,
  });
  new Gauge({
    name: 'wasit_close_overdue_seconds',
    help: 'By biller, how long ago the cut-off of its oldest unsettled day has passed; 0: none is due.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readCloseStanding))
        this.set({ biller: row.code }, row.overdue_seconds);
    },
  });
  new Gauge({
    name: 'wasit_settlement_carried_days',
    help: 'By biller, for how many business days in a row its net was below zero and carried on.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readCloseStanding))
        this.set({ biller: row.code }, row.carried_days);
    },
  });
  return {
    onClosed(biller, seconds) {
      closed.inc({ biller });
      duration.observe(seconds);
    },
  };
}
