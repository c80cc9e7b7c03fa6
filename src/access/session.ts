// The session behind a token, looked at with every request of a person, and what its owner sees and ends of his others.

import { refuse, Refused } from '../kernel/errors.ts';
import { parseId, showId, type Uuid } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import { actorOf, type Person } from './person.ts';
import { recordAudit } from './record-audit.ts';
import { endSessions, findSession, isSessionOf, listLive, markSeen } from './store-session.ts';
import { toPerson } from './store-staff.ts';
import { hashToken, isToken } from './token.ts';

export interface Session {
  readonly sessionId: Uuid;
  readonly person: Person;
  readonly createdAt: Date;
  /** At the latest; half an hour without a request ends it before. */
  readonly expiresAt: Date;
  /** Opened with a password by somebody who has no second factor. */
  readonly isByPasswordAlone: boolean;
}

/** Who holds the token; undefined: nobody does, or does any more. */
export async function sessionOf(database: Database, token: string): Promise<Session | undefined> {
  if (!isToken(token)) return undefined;
  const tokenHash = hashToken(token);
  return database.transaction(async (tx) => {
    const row = await findSession(tx, tokenHash);
    if (row === undefined) return undefined;
    if (row.is_stale) await markSeen(tx, tokenHash);
    return {
      sessionId: row.session_id,
      person: toPerson(row),
      createdAt: row.session_created_at,
      expiresAt: row.session_expires_at,
      isByPasswordAlone: row.way === 'password' && !row.has_factor,
    };
  });
}

export interface OwnSession {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly userAgent: string;
  readonly isCurrent: boolean;
}

/** The live ones, the newest first, a hundred at the most. */
export async function ownSessions(database: Database, { person, sessionId }: Session): Promise<OwnSession[]> {
  const rows = await database.transaction((tx) => listLive(tx, person.staffId));
  return rows.map((row) => ({
    sessionId: showId('ses', row.session_id),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.origin.replace(/^api /, ''),
    userAgent: row.user_agent,
    isCurrent: row.session_id === sessionId,
  }));
}

/** Ends the session, or every one of the person. How many were ended. */
export async function signOut(
  database: Database,
  person: Person,
  sessionId: Uuid | undefined,
  address: string,
): Promise<number> {
  return database.transaction(async (tx) => {
    const ended = await endSessions(tx, person.staffId, sessionId);
    const session = sessionId === undefined ? {} : { sessionId: showId('ses', sessionId) };
    const subject = `staff/${person.login}`;
    const after = { ended, ...session };
    await recordAudit(tx, actorOf(person, address), { action: 'session.end', subject, after });
    return ended;
  });
}

/** Refuses `session-not-found`: another's is not there. One that has ended already stays so. */
export async function endOwnSession(
  database: Database,
  person: Person,
  shownId: string,
  address: string,
): Promise<Uuid> {
  const sessionId = parseId('ses', shownId);
  const isOwn =
    sessionId !== undefined &&
    (await database.transaction((tx) => isSessionOf(tx, person.staffId, sessionId)));
  if (!isOwn) throw new Refused(refuse('session-not-found'));
  await signOut(database, person, sessionId, address);
  return sessionId;
}
