// What operations watch of disputes: how many wait for a decision, and of how many the time has passed (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readStanding } from './store-list.ts';

export function disputeMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_disputes_undecided',
    help: 'Disputes and cases that wait for a decision, by who opened them.',
    labelNames: ['opened_by'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding))
        this.set({ opened_by: row.opened_by }, row.undecided);
    },
  });
  new Gauge({
    name: 'wasit_disputes_overdue',
    help: 'Of those, whose time has passed; above zero is an alarm.',
    labelNames: ['opened_by'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readStanding))
        this.set({ opened_by: row.opened_by }, row.overdue);
    },
  });
}
