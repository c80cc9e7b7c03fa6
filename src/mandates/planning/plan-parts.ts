// What planning works with.

import type { Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';

export interface PlanParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Pick<Log, 'error'>;
  /** Aborts when the worker stops: the rest is for the next. */
  readonly signal?: AbortSignal;
  /** Waited for before each lot: what is more urgent goes first. */
  readonly giveWay?: () => Promise<void>;
  /** Of each other try that does not come after all, with why. */
  readonly onGivenUp?: (billerCode: string, cause: string) => void;
}
