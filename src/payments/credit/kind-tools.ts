// What the kinds of request about credit need beside the request, and how they get over what can be mended: a gateway
// whose picture of the parties is old, a day that is not open yet.

import type { AgencyLink } from '../../bills/link/index.ts';
import { StaleDirectory } from '../commit-group.ts';
import { NoOpenDay } from '../no-open-day.ts';
import type { ReverseTools } from '../reverse.ts';

export interface CreditTools extends Pick<ReverseTools, 'directory' | 'lane' | 'openDays'> {
  readonly link: AgencyLink;
  readonly masterKey: Buffer;
}

/** True: its cause is gone, try again. */
export async function mendBooks(
  { directory, openDays }: Pick<CreditTools, 'directory' | 'openDays'>,
  error: unknown,
): Promise<boolean> {
  if (error instanceof StaleDirectory) await directory.reload();
  else if (error instanceof NoOpenDay) await openDays(error.billerId);
  else return false;
  return true;
}
