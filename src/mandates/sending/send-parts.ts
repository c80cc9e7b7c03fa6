// What sending works with.

import type { Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { DebitFileWriter } from '../debits/index.ts';

export interface SendParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly masterKey: Buffer;
  readonly debitWriter: DebitFileWriter;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Aborts when the worker stops: the rest is for the next. */
  readonly signal?: AbortSignal;
  /** The second look waits for it before each lot: what is due goes first. */
  readonly giveWay?: () => Promise<void>;
  /** Told where the work has come to, inside its transaction, for tests of what a kill there does. */
  readonly at?: (point: 'locked' | 'built' | 'filed' | 'sent') => Promise<void>;
}

/** Who acts, as the history tells it. */
export const WORKER = 'worker';
