// What operations watch of the orders: files that no bank has yet, how long, and remittances that wait for somebody.
// Alarm levels are in docs/remittances.md.

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { readHeld, readWaiting } from './store-waiting.ts';

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
  new Gauge({
    name: 'wasit_remittances_held',
    help: 'Remittances that may not go yet, by what they wait for.',
    labelNames: ['held'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(readHeld)) this.set({ held: row.held }, row.count);
    },
  });
}
