// What operations watch of the orders: files that no bank has yet, and for how long. Alarm levels are in
// docs/remittances.md.

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../platform/db/index.ts';
import { readWaiting } from './store-waiting.ts';

/** Read from the database when they are asked for. */
export function orderMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wasit_order_files_waiting',
    help: 'Order files that are made and not with the bank yet, by bank.',
    labelNames: ['bank'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readWaiting)) this.set({ bank: row.bank }, row.files);
    },
  });
  new Gauge({
    name: 'wasit_order_file_oldest_seconds',
    help: 'Age of the oldest order file that is not with the bank yet, by bank. Hours are an alarm.',
    labelNames: ['bank'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readWaiting))
        this.set({ bank: row.bank }, row.oldest_seconds);
    },
  });
}
