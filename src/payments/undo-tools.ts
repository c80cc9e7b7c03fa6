// What undoing payments needs beside a request: the parties, days to be dated in, and whose balance rows are written.

import { randomInt } from 'node:crypto';
import { openBusinessDays } from '../billers/index.ts';
import type { Directory } from '../channels/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { ReverseTools } from './reverse.ts';

/** Balance rows are spread over so many lanes; two processes that draw the same one only wait for each other. */
export const BALANCE_LANES = 64;

/** `lane`: whose balance rows are written. */
export function undoTools(
  database: Database,
  directory: Directory,
  lane: number = randomInt(BALANCE_LANES),
): ReverseTools {
  return {
    database,
    directory,
    lane,
    openDays: async (billerId) => {
      const biller = directory.current.billersById.get(billerId);
      if (biller !== undefined) await openBusinessDays(database, biller);
    },
  };
}
