// At the command line a change that was not made ends the command: exit code 1 and the reason.

import { CommandRefused } from '../platform/cli/index.ts';
import type { Outcome } from './change.ts';

export function orRefuse<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new CommandRefused(outcome.reason);
  return outcome.value;
}
