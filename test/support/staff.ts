// People in the test's world, signed in at its gateway.
import { addStaff, type Person, type Role } from '../../src/access/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { Client } from './client.ts';
import { ACTOR, done } from './world.ts';

export const PASSWORD = 'a long word of seven stones';

export interface Place {
  readonly billerCode?: string;
  readonly channelCode?: string;
}

export async function person(db: Database, login: string, role: Role, place: Place = {}): Promise<Person> {
  const wish = { login, name: `${login} of the test`, role, password: PASSWORD, ...place };
  return done(await addStaff(db, wish, ACTOR));
}

export interface SignedIn extends Client {
  readonly token: string;
}

export async function signedIn(baseUrl: string, login: string): Promise<SignedIn> {
  const answer = await new Client(baseUrl, 'none').send<{ token: string }>('POST', '/v1/sessions', {
    login,
    password: PASSWORD,
  });
  const token = answer.body?.token;
  if (token === undefined) throw new Error(`${login} could not sign in: ${answer.text}`);
  return Object.assign(new Client(baseUrl, token), { token });
}
