// How old the oldest open transaction of the database is. Vacuum, and later the numbering of the event feed, wait for
// it, so an alarm belongs on it; our own transactions last less than half a second.

import { Gauge, type Registry } from 'prom-client';
import type { Database, Tx } from './database.ts';

export function watchTransactions(registry: Registry, database: Database): void {
  new Gauge({
    name: 'wasit_oldest_transaction_seconds',
    help: 'Age of the oldest open transaction of this database.',
    registers: [registry],
    async collect() {
      // Without the database there is no age to tell, and the other metrics matter all the more.
      this.set(await database.transaction(oldest).catch(() => Number.NaN));
    },
  });
}

async function oldest(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ seconds: number }>(
    `select coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0)::float8 as seconds
       from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  return row?.seconds ?? 0;
}
