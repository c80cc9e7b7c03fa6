// SQL of second factors and recovery codes. Whoever changes them has locked the person's row of `staff` before.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';

export interface FactorRow {
  sealed_secret: Buffer;
  is_active: boolean;
}

export async function findFactor(tx: Tx, staffId: Uuid): Promise<FactorRow | undefined> {
  const [row] = await tx.query<FactorRow>(
    `select sealed_secret, confirmed_at is not null as is_active from staff_factor where staff_id = $1`,
    [staffId],
  );
  return row;
}

/** In the place of one that was never confirmed. */
export async function putFactor(tx: Tx, staffId: Uuid, sealedSecret: Buffer): Promise<void> {
  await tx.query(
    `insert into staff_factor as f (staff_id, sealed_secret) values ($1, $2)
     on conflict (staff_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
      where f.confirmed_at is null`,
    [staffId, sealedSecret],
  );
}

/** With the step of the code that proved it. */
export async function confirmFactor(
  tx: Tx,
  staffId: Uuid,
  step: bigint,
  codeHashes: readonly Buffer[],
): Promise<void> {
  await tx.query(
    `update staff_factor set confirmed_at = clock_timestamp(), last_step = $2 where staff_id = $1`,
    [staffId, step],
  );
  await tx.query(
    `insert into staff_recovery_code (staff_id, code_hash) select $1, * from unnest($2::bytea[])`,
    [staffId, codeHashes],
  );
}

/** false: a code of this step, or of a later one, was accepted before. */
export async function spendStep(tx: Tx, staffId: Uuid, step: bigint): Promise<boolean> {
  const rows = await tx.query(
    'update staff_factor set last_step = $2 where staff_id = $1 and last_step < $2 returning 1',
    [staffId, step],
  );
  return rows.length === 1;
}

/** false: there is none such, or it was used before. */
export async function spendRecoveryCode(tx: Tx, staffId: Uuid, codeHash: Buffer): Promise<boolean> {
  const rows = await tx.query(
    `update staff_recovery_code set used_at = clock_timestamp()
      where staff_id = $1 and code_hash = $2 and used_at is null returning 1`,
    [staffId, codeHash],
  );
  return rows.length === 1;
}

export async function countRecoveryCodes(tx: Tx, staffId: Uuid): Promise<number> {
  const [row] = await tx.query<{ left: number }>(
    'select count(*)::int as left from staff_recovery_code where staff_id = $1 and used_at is null',
    [staffId],
  );
  return row?.left ?? 0;
}

/** With its recovery codes. false: there was none in force. */
export async function deleteFactor(tx: Tx, staffId: Uuid): Promise<boolean> {
  await tx.query('delete from staff_recovery_code where staff_id = $1', [staffId]);
  const rows = await tx.query<{ was_active: boolean }>(
    'delete from staff_factor where staff_id = $1 returning confirmed_at is not null as was_active',
    [staffId],
  );
  return rows[0]?.was_active ?? false;
}
