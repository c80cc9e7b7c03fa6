// SQL of sessions. Their time is the real one, never the books': a demo whose clock is set forward signs nobody out, and
// one that is set back lets nobody in again.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { STAFF, STAFF_FROM, type StaffRow } from './store-staff.ts';

const IDLE = `interval '30 minutes'`;
const LONGEST = `interval '12 hours'`;
/** Seen is written once a minute at the most. */
const SEEN_EVERY = `interval '1 minute'`;
const LIVE = `v.revoked_at is null and v.expires_at > clock_timestamp() and v.seen_at > clock_timestamp() - ${IDLE}`;

/** Where somebody signs in from. */
export interface Origin {
  readonly address: string;
  /** As the browser or program calls itself. */
  readonly userAgent?: string | undefined;
}

/** How somebody proved who he is: by his password, or by a sign-in provider's word. */
export type Way = 'password' | 'provider';

export interface SessionRow extends StaffRow {
  session_id: Uuid;
  way: Way;
  has_factor: boolean;
  session_created_at: Date;
  session_expires_at: Date;
  is_stale: boolean;
}

/** Of an enabled person, neither ended nor idle too long. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await tx.query<SessionRow>(
    `select ${STAFF}, v.session_id, v.way,
            exists (select from staff_factor f where f.staff_id = s.staff_id and f.confirmed_at is not null) as has_factor,
            v.created_at as session_created_at, v.expires_at as session_expires_at,
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
export async function insertSession(
  tx: Tx,
  tokenHash: Buffer,
  staffId: Uuid,
  { address, userAgent = '' }: Origin,
  way: Way,
): Promise<Date> {
  const [row] = await tx.query<{ expires_at: Date }>(
    `insert into staff_session (token_hash, staff_id, origin, user_agent, way, expires_at)
     values ($1, $2, $3, left($4, 200), $5, clock_timestamp() + ${LONGEST}) returning expires_at`,
    [tokenHash, staffId, `api ${address}`, userAgent, way],
  );
  if (row === undefined) throw new Error('the session was not inserted');
  return row.expires_at;
}

/** How many were live. All of a person's, or the one. */
export async function endSessions(tx: Tx, staffId: Uuid, sessionId?: Uuid): Promise<number> {
  const rows = await tx.query(
    `update staff_session v set revoked_at = clock_timestamp()
      where v.staff_id = $1 and ($2::uuid is null or v.session_id = $2) and ${LIVE} returning 1`,
    [staffId, sessionId ?? null],
  );
  return rows.length;
}

/** All but this one. */
export async function endOthers(tx: Tx, staffId: Uuid, sessionId: Uuid): Promise<number> {
  const rows = await tx.query(
    `update staff_session v set revoked_at = clock_timestamp()
      where v.staff_id = $1 and v.session_id <> $2 and ${LIVE} returning 1`,
    [staffId, sessionId],
  );
  return rows.length;
}

export interface LiveRow {
  session_id: Uuid;
  origin: string;
  user_agent: string;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
}

export function listLive(tx: Tx, staffId: Uuid): Promise<LiveRow[]> {
  return tx.query<LiveRow>(
    `select v.session_id, v.origin, v.user_agent, v.created_at, v.seen_at, v.expires_at from staff_session v
      where v.staff_id = $1 and ${LIVE} order by v.created_at desc, v.session_id limit 100`,
    [staffId],
  );
}

/** Also one that has ended. */
export async function isSessionOf(tx: Tx, staffId: Uuid, sessionId: Uuid): Promise<boolean> {
  const rows = await tx.query('select from staff_session where session_id = $1 and staff_id = $2', [
    sessionId,
    staffId,
  ]);
  return rows.length === 1;
}
