// SQL that puts a mandate on its way to the payer's bank; how it goes there is the bank link's.

import type { Tx } from '../../platform/db/index.ts';
import type { Mandate } from './mandate.ts';

/** It waits until the bank is linked, or the bank comes for it. */
export async function insertSubmission(
  tx: Tx,
  { billerId, mandateId, submissions, channelId }: Mandate,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into mandate_submission (biller_id, mandate_id, submission, channel_id, state, try_at, changed_at)
     values ($1, $2, $3, $4, 'waiting', clock_timestamp(), $5)`,
    [billerId, mandateId, submissions, channelId, at],
  );
}
