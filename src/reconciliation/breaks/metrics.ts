// What operations watch of breaks: how many are open, and how long the oldest has been (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readStanding } from './store-standing.ts';

export function breakMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_breaks_open',
    help: 'Breaks that nobody has resolved yet, by kind.',
    labelNames: ['kind'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding)) this.set({ kind: row.kind }, row.open);
    },
  });
  new Gauge({
    name: 'wasit_break_oldest_days',
    help: 'How long the oldest open break of a kind has been open, in days.',
    labelNames: ['kind'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding))
        this.set({ kind: row.kind }, row.oldest_days);
    },
  });
}
