// SQL of the people who sign in. A person is never deleted: what he did names him.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Person, Role } from './person.ts';

export interface StaffRow {
  staff_id: Uuid;
  login: string;
  name: string;
  role: Role;
  biller_id: number | null;
  channel_id: number | null;
  biller_code: string | null;
  channel_code: string | null;
  language: Person['language'];
  created_at: Date;
  disabled_at: Date | null;
}

export const STAFF = `s.staff_id, s.login, s.name, s.role, s.biller_id, s.channel_id, b.code as biller_code,
  c.code as channel_code, s.language, s.created_at, s.disabled_at`;
export const STAFF_FROM = `staff s left join biller b on b.biller_id = s.biller_id
  left join channel c on c.channel_id = s.channel_id`;

export function toPerson(row: StaffRow): Person {
  return {
    staffId: row.staff_id,
    login: row.login,
    name: row.name,
    role: row.role,
    ...(row.biller_id !== null && { billerId: row.biller_id }),
    ...(row.channel_id !== null && { channelId: row.channel_id }),
    ...(row.biller_code !== null && { billerCode: row.biller_code }),
    ...(row.channel_code !== null && { channelCode: row.channel_code }),
    language: row.language,
  };
}

/** Also one who is disabled. Locked, when his row is to be changed. */
export async function findStaff(
  tx: Tx,
  login: string,
  lock: '' | 'for update of s' = '',
): Promise<StaffRow | undefined> {
  const [row] = await tx.query<StaffRow>(`select ${STAFF} from ${STAFF_FROM} where s.login = $1 ${lock}`, [
    login,
  ]);
  return row;
}

export function listRows(tx: Tx): Promise<StaffRow[]> {
  return tx.query<StaffRow>(`select ${STAFF} from ${STAFF_FROM} order by s.login`);
}

/** What a person can be tied to: the number of a biller or of a channel. */
export async function findOwner(tx: Tx, of: 'biller' | 'channel', code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ id: number }>(`select ${of}_id as id from ${of} where code = $1`, [code]);
  return row?.id;
}

export interface NewStaff {
  readonly staffId: Uuid;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly billerId: number | null;
  readonly channelId: number | null;
  readonly language: Person['language'];
  readonly passwordHash: string;
}

/** false: the login is taken. */
export async function insertStaff(tx: Tx, staff: NewStaff): Promise<boolean> {
  const rows = await tx.query(
    `insert into staff (staff_id, login, name, role, biller_id, channel_id, language, password_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (login) do nothing returning staff_id`,
    [
      staff.staffId,
      staff.login,
      staff.name,
      staff.role,
      staff.billerId,
      staff.channelId,
      staff.language,
      staff.passwordHash,
    ],
  );
  return rows.length === 1;
}

export async function readHash(tx: Tx, login: string): Promise<{ staffId: Uuid; hash: string } | undefined> {
  const [row] = await tx.query<{ staff_id: Uuid; password_hash: string }>(
    'select staff_id, password_hash from staff where login = $1 and disabled_at is null',
    [login],
  );
  return row && { staffId: row.staff_id, hash: row.password_hash };
}

export async function updateHash(tx: Tx, staffId: Uuid, passwordHash: string): Promise<void> {
  await tx.query('update staff set password_hash = $2 where staff_id = $1', [staffId, passwordHash]);
}

export async function markDisabled(tx: Tx, staffId: Uuid): Promise<void> {
  await tx.query('update staff set disabled_at = clock_timestamp() where staff_id = $1', [staffId]);
}
