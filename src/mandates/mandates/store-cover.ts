// SQL of what a mandate covers. Its rows are changed under the lock of the mandate.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Cover, Mandate, NewCover } from './mandate.ts';

type Key = Pick<Mandate, 'billerId' | 'mandateId'>;

interface CoverRow {
  biller_id: number;
  payer_id: string;
  units: string[];
  state: Cover['state'];
  approval_id: Uuid | null;
}

/** The mandate's own biller first. */
export async function readCovers(tx: Tx, { billerId, mandateId }: Key): Promise<Cover[]> {
  const rows = await tx.query<CoverRow>(
    `select biller_id, payer_id, units, state, approval_id from mandate_cover
      where mandate_biller_id = $1 and mandate_id = $2 order by biller_id <> $1, biller_id, payer_id`,
    [billerId, mandateId],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    payerId: row.payer_id,
    units: row.units,
    state: row.state,
    approvalId: row.approval_id,
  }));
}

/** In the place of what it covered before; nobody has accepted any of it yet. */
export async function replaceCovers(
  tx: Tx,
  { billerId, mandateId }: Key,
  covers: readonly NewCover[],
): Promise<void> {
  await tx.query('delete from mandate_cover where mandate_biller_id = $1 and mandate_id = $2', [
    billerId,
    mandateId,
  ]);
  await tx.query(
    `insert into mandate_cover (biller_id, mandate_biller_id, mandate_id, payer_id, units, state)
     select c."billerId", $1, $2, c."payerId", c.units, 'waiting'
       from jsonb_to_recordset($3::jsonb) as c("billerId" integer, "payerId" text, units text[])`,
    [billerId, mandateId, JSON.stringify(covers)],
  );
}

/** All that it covers with one biller. */
export async function updateCovers(
  tx: Tx,
  { billerId, mandateId }: Key,
  covered: number,
  { state, approvalId }: Pick<Cover, 'state' | 'approvalId'>,
): Promise<void> {
  await tx.query(
    `update mandate_cover set state = $4, approval_id = $5
      where biller_id = $3 and mandate_biller_id = $1 and mandate_id = $2`,
    [billerId, mandateId, covered, state, approvalId],
  );
}
