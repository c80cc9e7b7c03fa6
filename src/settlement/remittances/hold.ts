// What keeps a planned remittance from being approved, the first thing first: nowhere to pay to, persons who have not
// decided, channels that have not paid. Pure, so that planning, release and approval can never disagree.

import type { Remittance } from '../batch.ts';

export interface HoldFacts {
  readonly hasAccount: boolean;
  /** Above the biller's limit, or a next attempt. */
  readonly needsApproval: boolean;
  readonly isApproved: boolean;
  /** Guaranteed by the operator, or covered by what channels have provably paid. */
  readonly isFunded: boolean;
}

/** null: nothing keeps it. */
export function holdOf({ hasAccount, needsApproval, isApproved, isFunded }: HoldFacts): Remittance['held'] {
  if (!hasAccount) return 'account';
  if (needsApproval && !isApproved) return 'approval';
  if (!isFunded) return 'funding';
  return null;
}
