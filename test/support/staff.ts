// People in the test's world, and their sessions, put there without the third of a second that a password costs: signing
// in itself is tested in test/access.
import { createHash, randomBytes } from 'node:crypto';
import { addStaff, type Person, type Role } from '../../src/access/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { Client } from './client.ts';
import { ACTOR, done } from './world.ts';

export const PASSWORD = 'a long word of seven stones';

export interface Place {
  readonly billerCode?: string;
  readonly channelCode?: string;
}

/** With PASSWORD. */
export async function person(db: Database, login: string, role: Role, place: Place = {}): Promise<Person> {
  const wish = { login, name: `${login} of the test`, role, password: PASSWORD, ...place };
  return done(await addStaff(db, wish, ACTOR));
}

/** Somebody who can be signed in by `session` alone. */
export async function colleague(
  db: Database,
  baseUrl: string,
  login: string,
  role: Role,
  place: Place = {},
): Promise<Client> {
  await db.transaction((tx) =>
    tx.query(
      `insert into staff (staff_id, login, name, role, biller_id, channel_id, password_hash)
       values ($1, $2, $3, $4, (select biller_id from biller where code = $5), (select channel_id from channel where code = $6), 'none')`,
      [newId(Date.now(), 0), login, `${login} of the test`, role, place.billerCode, place.channelCode],
    ),
  );
  return new Client(baseUrl, await session(db, login));
}

/** The token of a new session of his. */
export async function session(db: Database, login: string): Promise<string> {
  const token = `wst_${randomBytes(32).toString('base64url')}`;
  await db.transaction((tx) =>
    tx.query(
      `insert into staff_session (token_hash, staff_id, origin, expires_at)
       select $1, staff_id, 'test', clock_timestamp() + interval '1 hour' from staff where login = $2`,
      [createHash('sha256').update(token).digest(), login],
    ),
  );
  return token;
}
