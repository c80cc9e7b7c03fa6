// A mandate goes to the payer's bank. What the bank itself has opened it has validated by that.

import type { Directory } from '../../channels/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Mandate } from './mandate.ts';
import { askAgency } from './requests.ts';
import { insertSubmission } from './store-submission.ts';
import { move, stepTime, type StepBy } from './take-step.ts';

/** Refuses `mandate-state`. The mandate is locked by this transaction. */
export async function submit(tx: Tx, directory: Directory, before: Mandate, by: StepBy): Promise<Mandate> {
  const at = await stepTime(tx, before);
  const change = { submissions: before.submissions + 1, approvalId: null, bankReference: null };
  const after = await move(tx, directory, before, by, { action: 'submitted', change, at });
  const { bankReference } = before;
  if (before.openedBy === 'bank') return validated(tx, directory, after, by, { bankReference });
  await insertSubmission(tx, after, at);
  return after;
}

/** The bank's yes: the agency is asked. Refuses `mandate-state`. */
export async function validated(
  tx: Tx,
  directory: Directory,
  before: Mandate,
  by: StepBy,
  { bankReference, reason }: Pick<Mandate, 'bankReference'> & { readonly reason?: string | undefined },
): Promise<Mandate> {
  const at = await stepTime(tx, before);
  const approvalId = await askAgency(tx, directory, before);
  return move(tx, directory, before, by, {
    action: 'bank-validated',
    reason,
    change: { approvalId, bankReference },
    at,
  });
}
