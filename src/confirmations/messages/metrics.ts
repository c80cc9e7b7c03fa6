// What operations watch of messages to payers: how they end, and how long the oldest waits. A provider that is away
// shows in the second long before payers are given up.

import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../../platform/db/index.ts';
import { MEDIA, type Medium } from './message.ts';
import { oldestWaiting } from './store-send.ts';

export interface MessageMetrics {
  /** `state`: sent, failed, unknown or suppressed. */
  readonly onEnd: (medium: Medium, state: string) => void;
}

export function messageMetrics(registry: Registry, database: Database): MessageMetrics {
  const ended = new Counter({
    name: 'wasit_messages_total',
    help: 'Messages to payers by medium and how they ended: sent, failed, unknown, suppressed.',
    labelNames: ['medium', 'outcome'],
    registers: [registry],
  });
  new Gauge({
    name: 'wasit_message_oldest_seconds',
    help: 'Age of the oldest message to a payer that waits to be sent.',
    labelNames: ['medium'],
    registers: [registry],
    async collect() {
      for (const medium of MEDIA) {
        // Without the database there is no age to tell, and the other metrics matter all the more.
        const seconds = await database.transaction((tx) => oldestWaiting(tx, medium)).catch(() => Number.NaN);
        this.set({ medium }, seconds);
      }
    },
  });
  return { onEnd: (medium, outcome) => ended.inc({ medium, outcome }) };
}
