// What no statement has said that should have, and what statements have not come: alarms (docs/operations.md).

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readGaps, readMissed } from './store-missed.ts';

export function bankAccountMetrics(registry: Registry, database: Database): void {
  new Gauge({
    name: 'wasit_bank_account_missed_lines',
    help: 'By account, what a notification has told and booked of the last 60 days that no statement has said although it should have.',
    labelNames: ['account'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { code, missed } of await database.transaction(readMissed))
        this.set({ account: code }, missed);
    },
  });
  new Gauge({
    name: 'wasit_bank_account_gaps',
    help: 'By account, statements of the last 60 days that do not follow the one before: one between them has not come.',
    labelNames: ['account'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { code, gaps } of await database.transaction(readGaps)) this.set({ account: code }, gaps);
    },
  });
}
