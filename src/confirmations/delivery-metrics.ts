// What operations watch of the deliveries: how late they are, what is refused, what waits and what was given up. The
// last is an alarm (docs/operations.md).

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../platform/db/index.ts';
import type { DeliveryParts } from './delivery/index.ts';
import { readStandings, type BillerStanding } from './store-standing.ts';

export function deliveryMetrics(registry: Registry, database: Database): Pick<DeliveryParts, 'onSent'> {
  const registers = [registry];
  const delay = new Histogram({
    name: 'wasit_confirmation_seconds',
    help: 'From the record of an event to its acknowledgement by the agency, at its first delivery or a later one.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600, 86_400],
    registers,
  });
  const sent = new Counter({
    name: 'wasit_deliveries_total',
    help: 'Events sent to agencies, by what came back.',
    labelNames: ['outcome'],
    registers,
  });
  standing(registers, database);
  return {
    onSent: (_, events, outcome) => {
      sent.inc({ outcome: outcome.isTaken ? 'acknowledged' : 'refused' }, events.length);
      if (!outcome.isTaken) return;
      const now = Date.now();
      for (const event of events) delay.observe(Math.max(0, now - event.recorded_at.getTime()) / 1000);
    },
  };
}

/** Read from the database when they are asked for, once for both. */
function standing(registers: Registry[], database: Database): void {
  let reading: Promise<BillerStanding[]> | undefined;
  const read = (): Promise<BillerStanding[]> =>
    (reading ??= database.transaction(readStandings).finally(() => (reading = undefined)));
  new Gauge({
    name: 'wasit_deliveries_standing',
    help: 'Events not delivered by biller: waiting (never sent), aside (refused, tried again), parked (given up; an alarm).',
    labelNames: ['biller', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const row of await read()) {
        const biller = row.code;
        this.set({ biller, state: 'waiting' }, Number(row.waiting));
        this.set({ biller, state: 'aside' }, row.aside);
        this.set({ biller, state: 'parked' }, row.parked);
      }
    },
  });
  new Gauge({
    name: 'wasit_deliveries_oldest_seconds',
    help: 'Age of the oldest event that was never sent, by biller.',
    labelNames: ['biller'],
    registers,
    async collect() {
      this.reset();
      for (const row of await read()) this.set({ biller: row.code }, row.oldest_seconds);
    },
  });
}
