// What placing lines needs beside its own tables. The roots put it in.

import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface Placing {
  readonly database: Database;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** When it aborts, work ends behind the lot at hand; what waits is placed by whoever comes next. */
  readonly signal?: AbortSignal | undefined;
  /** Credits of one statement that may be deposits of payers: places each in transactions of its own, or leaves it waiting. */
  readonly placeDeposits: (lines: readonly WaitingLine[]) => Promise<void>;
}
