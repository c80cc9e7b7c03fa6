// SQL of what becomes of an order file: offered, failed, withdrawn, handed over, answered. Its row is locked.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';

/** From here on the file may lie under its name at the bank. */
export async function noteOffered(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query(
    'update order_file set offered_at = coalesce(offered_at, business_now()) where file_id = $1',
    [fileId],
  );
}

/** `pauseMs` null: not again before a person says so. */
export async function noteFailure(
  tx: Tx,
  fileId: Uuid,
  failure: string,
  pauseMs: number | null,
): Promise<void> {
  await tx.query(
    `update order_file set failure = $2,
            next_try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
      where file_id = $1 and state = 'made'`,
    [fileId, failure.slice(0, 500), pauseMs],
  );
}

export async function noteWithdrawn(tx: Tx, fileId: Uuid, reason: string): Promise<void> {
  await tx.query(
    `update order_file set state = 'withdrawn', next_try_at = null, failure = $2 where file_id = $1`,
    [fileId, reason.slice(0, 500)],
  );
}

export async function noteWithBank(tx: Tx, fileId: Uuid, remark: string | null, at: Date): Promise<void> {
  await tx.query(
    `update order_file set state = 'handed-over', handed_over_at = $3, next_try_at = null, failure = $2 where file_id = $1`,
    [fileId, remark, at],
  );
}

export async function noteDecided(
  tx: Tx,
  fileId: Uuid,
  state: 'accepted' | 'rejected' | 'partly',
): Promise<void> {
  await tx.query('update order_file set state = $2 where file_id = $1', [fileId, state]);
}
