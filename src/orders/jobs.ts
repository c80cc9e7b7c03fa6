// What the worker does about orders from time to time, whatever their kind: hands over, takes answers, seals what is kept in clear. All may run on
// several workers at once, be killed anywhere, and be run again.

import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import { openBankPlace } from './bank-place.ts';
import { handOver, type HandOverParts } from './hand-over.ts';
import type { OrderKinds } from './order-kind.ts';
import type { StatusReader } from './order-status.ts';
import { sealOlder } from './seal-older.ts';
import { sweepAnswers } from './sweep-answers.ts';

export interface CarryParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  /** Folders of banks lie below it. */
  readonly dataDir: string;
  readonly kinds: OrderKinds;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** One that fails does not keep the others from their work. */
export async function sweepOrders(parts: CarryParts & { readonly reader: StatusReader }): Promise<void> {
  const work: [string, () => Promise<unknown>][] = [
    ['handing orders over', () => handOver(handOverParts(parts))],
    ['taking answers of banks', () => sweepAnswers(parts)],
    ['sealing files that were kept in clear', () => sealOlder(parts)],
  ];
  for (const [what, part] of work)
    await part().catch((error: unknown) =>
      parts.log.error({ err: error }, `${what} failed; it is done again`),
    );
}

export function handOverParts(parts: CarryParts): HandOverParts {
  const { database, kinds, log, masterKey, dataDir } = parts;
  return {
    database,
    masterKey,
    kinds,
    log,
    openPlace: (bank) => openBankPlace(bank, { masterKey, dataDir }),
  };
}
