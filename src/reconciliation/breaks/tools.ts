// What resolving breaks needs beside the break: the parties as they are, whose balances are written, and linked agencies.

import type { CreditTools } from '../../payments/credit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Resolutions } from './resolution.ts';

export interface ResolutionTools extends CreditTools {
  readonly database: Database;
}

export interface BreakTools {
  readonly database: Database;
  /** Every way in which a break may end (table.ts). */
  readonly resolutions: Resolutions;
}
