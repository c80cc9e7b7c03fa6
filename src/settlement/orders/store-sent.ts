// SQL of the remittances of an order file, whose row is locked.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { toRemittance, type RemittanceRow } from '../remittances/index.ts';

/** Whose money it carries. */
export async function billersOfFile(tx: Tx, fileId: Uuid): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>(
    'select distinct biller_id from remittance where file_id = $1',
    [fileId],
  );
  return rows.map((row) => row.biller_id);
}

/** The remittances of a file, in the order of (biller, remittance). */
export async function lockOfFile(tx: Tx, fileId: Uuid): Promise<Remittance[]> {
  const rows = await tx.query<RemittanceRow>(
    'select * from remittance where file_id = $1 order by biller_id, remittance_id for no key update',
    [fileId],
  );
  return rows.map(toRemittance);
}

/** The remittances of a file bear the time from which the bank has them; locked in their order. */
export async function markSent(tx: Tx, fileId: Uuid, at: Date): Promise<Remittance[]> {
  await lockOfFile(tx, fileId);
  const rows = await tx.query<RemittanceRow>(
    'update remittance set sent_at = $2 where file_id = $1 returning *',
    [fileId, at],
  );
  return rows.map(toRemittance);
}

/** The remittances of a file of which a note begins so. */
export async function settledOfFile(tx: Tx, fileId: Uuid, beginning: string): Promise<Set<Uuid>> {
  const rows = await tx.query<{ remittance_id: Uuid }>(
    `select distinct s.remittance_id
       from remittance r join remittance_step s on s.biller_id = r.biller_id and s.remittance_id = r.remittance_id
      where r.file_id = $1 and starts_with(s.reason, $2)`,
    [fileId, beginning],
  );
  return new Set(rows.map((row) => row.remittance_id));
}
