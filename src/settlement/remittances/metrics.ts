// What operations watch of the remittances: how many wait for somebody, by what. Alarm levels are in docs/remittances.md.

import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { countHeld } from './store-held.ts';

/** Read from the database when it is asked for. */
export function remittanceMetrics(registry: Registry, database: Database): void {
  new Gauge({
    name: 'wasit_remittances_held',
    help: 'Remittances that may not go yet, by what they wait for.',
    labelNames: ['held'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const row of await database.transaction(countHeld)) this.set({ held: row.held }, row.count);
    },
  });
}
