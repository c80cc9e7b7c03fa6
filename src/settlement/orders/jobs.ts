// What the worker does about remittances from time to time: looks at what is held, makes the orders of the day. Both may run
// on several workers at once, be killed anywhere, and be run again. Then orders are handed over (src/orders).

import type { Log } from '../../platform/log.ts';
import { releaseHeld } from '../remittances/index.ts';
import { makeOrders, type OrderParts } from './make-orders.ts';

export interface RemittanceParts extends OrderParts {
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** One part that fails does not keep the other from its work. */
export async function sweepRemittances(parts: RemittanceParts): Promise<void> {
  const work: [string, () => Promise<unknown>][] = [
    ['looking at held remittances', () => releaseHeld(parts.database, parts.log)],
    ['making orders', () => makeOrders(parts)],
  ];
  for (const [what, part] of work)
    await part().catch((error: unknown) =>
      parts.log.error({ err: error }, `${what} failed; it is done again`),
    );
}
