// What the worker does about remittances from time to time: looks at what is held, makes the orders of the day, hands
// over, takes answers. Every part may run on several workers at once, be killed anywhere, and be run again.

import type { Log } from '../../platform/log.ts';
import type { Database } from '../../platform/db/index.ts';
import { releaseHeld } from '../remittances/index.ts';
import { openBankPlace } from './bank-place.ts';
import { handOver, type HandOverParts } from './hand-over.ts';
import { makeOrders } from './make-orders.ts';
import type { OrderWriter, StatusReader } from './order.ts';
import { sweepAnswers } from './sweep-answers.ts';

export interface RemittanceParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  /** Folders of banks lie below it. */
  readonly dataDir: string;
  readonly writer: OrderWriter;
  readonly reader: StatusReader;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** One part that fails does not keep the others from their work. */
export async function sweepRemittances(parts: RemittanceParts): Promise<void> {
  const work: [string, () => Promise<unknown>][] = [
    ['looking at held remittances', () => releaseHeld(parts.database, parts.log)],
    ['making orders', () => makeOrders(parts)],
    ['handing orders over', () => handOver(handOverParts(parts))],
    ['taking answers of banks', () => sweepAnswers(parts)],
  ];
  for (const [what, part] of work)
    await part().catch((error: unknown) =>
      parts.log.error({ err: error }, `${what} failed; it is done again`),
    );
}

export function handOverParts(parts: RemittanceParts): HandOverParts {
  const { database, log, masterKey, dataDir } = parts;
  return { database, log, openPlace: (bank) => openBankPlace(bank, { masterKey, dataDir }) };
}
