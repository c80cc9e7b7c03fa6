// SQL of sessions and of attempts to sign in. Their time is the real one, never the books': a demo whose clock is set
// forward signs nobody out, and one that is set back lets nobody in again.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { STAFF, STAFF_FROM, type StaffRow } from './store-staff.ts';

const IDLE = `interval '30 minutes'`;
const LONGEST = `interval '12 hours'`;
/** Seen is written once a minute at the most. */
const SEEN_EVERY = `interval '1 minute'`;
const LIVE = `v.revoked_at is null and v.expires_at > clock_timestamp() and v.seen_at > clock_timestamp() - ${IDLE}`;

export interface SessionRow extends StaffRow {
  session_created_at: Date;
  session_expires_at: Date;
  is_stale: boolean;
}

/** Of an enabled person, neither ended nor idle too long. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await tx.query<SessionRow>(
    `select ${STAFF}, v.created_at as session_created_at, v.expires_at as session_expires_at,
            v.seen_at < clock_timestamp() - ${SEEN_EVERY} as is_stale
       from staff_session v join (${STAFF_FROM}) on s.staff_id = v.staff_id
      where v.token_hash = $1 and ${LIVE} and s.disabled_at is null`,
    [tokenHash],
  );
  return row;
}

export async function markSeen(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query('update staff_session set seen_at = clock_timestamp() where token_hash = $1', [tokenHash]);
}

/** When it ends, if it is used until then. */
export async function insertSession(tx: Tx, tokenHash: Buffer, staffId: Uuid, origin: string): Promise<Date> {
  const [row] = await tx.query<{ expires_at: Date }>(
    `insert into staff_session (token_hash, staff_id, origin, expires_at)
     values ($1, $2, $3, clock_timestamp() + ${LONGEST}) returning expires_at`,
    [tokenHash, staffId, origin],
  );
  if (row === undefined) throw new Error('the session was not inserted');
  return row.expires_at;
}

/** How many were live. All of a person's, or the one. */
export async function endSessions(tx: Tx, staffId: Uuid, tokenHash?: Buffer): Promise<number> {
  const rows = await tx.query(
    `update staff_session v set revoked_at = clock_timestamp()
      where v.staff_id = $1 and ($2::bytea is null or v.token_hash = $2) and ${LIVE} returning 1`,
    [staffId, tokenHash ?? null],
  );
  return rows.length;
}

/** Notes an attempt. `paused`: none was noted, for the pause after the ones before is not over. */
export async function noteAttempt(
  tx: Tx,
  loginHash: Buffer,
): Promise<{ readonly paused: false } | { readonly paused: true; readonly seconds: number }> {
  await tx.query(
    `delete from sign_in_attempt where login_hash in (
       select login_hash from sign_in_attempt where last_at < clock_timestamp() - interval '1 day'
        limit 100 for update skip locked)`,
  );
  const noted = await tx.query(
    `insert into sign_in_attempt as a (login_hash, attempts, last_at) values ($1, 1, clock_timestamp())
     on conflict (login_hash) do update
        set attempts = least(a.attempts + 1, 100), last_at = clock_timestamp(),
            locked_until = case when a.attempts + 1 >= 5 then
              clock_timestamp() + least(5 * 2 ^ least(a.attempts - 4, 10), 900) * interval '1 second' end
      where a.locked_until is null or a.locked_until <= clock_timestamp()
     returning attempts`,
    [loginHash],
  );
  if (noted.length === 1) return { paused: false };
  const [row] = await tx.query<{ seconds: number }>(
    `select greatest(1, ceil(extract(epoch from locked_until - clock_timestamp())))::int as seconds
       from sign_in_attempt where login_hash = $1`,
    [loginHash],
  );
  return { paused: true, seconds: row?.seconds ?? 1 };
}

export async function forgetAttempts(tx: Tx, loginHash: Buffer): Promise<void> {
  await tx.query('delete from sign_in_attempt where login_hash = $1', [loginHash]);
}
