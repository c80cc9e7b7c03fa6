// SQL of whom a sign-in provider says somebody is. A subject means a person only with its issuer.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { STAFF, STAFF_FROM, type StaffRow } from './store-staff.ts';

export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** Of an enabled person; his row is locked. */
export async function findBySubject(tx: Tx, { issuer, subject }: Subject): Promise<StaffRow | undefined> {
  const [row] = await tx.query<StaffRow>(
    `select ${STAFF} from ${STAFF_FROM}
      where s.issuer = $1 and s.subject = $2 and s.disabled_at is null for update of s`,
    [issuer, subject],
  );
  return row;
}

/** false: another person has it. `undefined`: he has none any more. */
export async function putSubject(tx: Tx, staffId: Uuid, to: Subject | undefined): Promise<boolean> {
  const rows = await tx.query(
    `update staff set issuer = $2, subject = $3 where staff_id = $1
        and not exists (select from staff o where o.issuer = $2 and o.subject = $3 and o.staff_id <> $1)
     returning 1`,
    [staffId, to?.issuer ?? null, to?.subject ?? null],
  );
  return rows.length === 1;
}
