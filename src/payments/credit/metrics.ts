// The age of payers' credit: money that is nobody's business until somebody decides. Over the biller's days it is an
// alarm (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readAges } from './store-standing.ts';

export function creditMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_credit_oldest_days',
    help: 'How long the payer who has had credit the longest has had it, by biller.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readAges)) this.set({ biller: row.code }, row.oldest_days);
    },
  });
  new Gauge({
    name: 'wasit_credit_overdue',
    help: 'Payers whose credit is older than the biller’s credit-alarm days; above zero is an alarm.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readAges)) this.set({ biller: row.code }, row.overdue);
    },
  });
}
