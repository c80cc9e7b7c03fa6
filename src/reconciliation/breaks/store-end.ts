// SQL that ends breaks that are found no more, by their keys.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';

/** Open ones become `gone`; others stay. Locks them. */
export async function endBreaks(tx: Tx, billerId: number, keys: readonly string[], at: Date): Promise<void> {
  if (keys.length === 0) return;
  const ended = await tx.query<{ break_id: Uuid }>(
    `update break set state = 'gone', ended_at = $3
      where biller_id = $1 and key = any($2::text[]) and state = 'open' returning break_id`,
    [billerId, textArray(keys), at],
  );
  await tx.query(
    `insert into break_step (biller_id, break_id, step_id, action, recorded_at)
     select $1, s.*, 'gone', $4 from unnest($2::uuid[], $3::uuid[]) as s`,
    [
      billerId,
      plainArray(ended, (row) => row.break_id),
      plainArray(ended, () => newId(at.getTime(), billerId)),
      at,
    ],
  );
}
