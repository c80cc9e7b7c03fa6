// What persons watch of debits (docs/operations.md): words of banks that nobody could work through yet, and debits that are
// not tried again.

import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import type { BookingTools } from './book-debits.ts';
import { oldestWords } from './store-ages.ts';

type BookingMetrics = Pick<BookingTools, 'onGivenUp'>;

const shared = new WeakMap<Registry, BookingMetrics>();

/** What counts the given up ones goes into `bookDebits`. Gateway and worker may be one process: they are counted together. */
export function bookingMetrics(registry: Registry, database: Database): BookingMetrics {
  const metrics = shared.get(registry) ?? register(registry, database);
  shared.set(registry, metrics);
  return metrics;
}

function register(registry: Registry, database: Database): BookingMetrics {
  const registers = [registry];
  const givenUp = new Counter({
    name: 'wasit_debits_given_up_total',
    help: 'Debits that failed or were returned and are not tried again, by biller and cause.',
    labelNames: ['biller', 'cause'],
    registers,
  });
  new Gauge({
    name: 'wasit_debit_word_oldest_minutes',
    help: 'How long what a bank said of a debit has waited to be booked, by biller; above 15 is an alarm.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await database.transaction(oldestWords)) this.set({ biller: row.code }, row.minutes);
    },
  });
  return { onGivenUp: (biller, cause) => givenUp.inc({ biller, cause }) };
}
