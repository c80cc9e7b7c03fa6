// Who is signed in. One for the whole page; whoever shows it is told when it changes.

import { useEffect, useState } from 'preact/hooks';
import { call, type Answer } from './call.ts';

export type Role = 'operator-admin' | 'support' | 'finance-officer' | 'approver' | 'channel-officer';

export interface Staff {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly billerCode?: string;
  readonly channelCode?: string;
  readonly language: 'ar' | 'fr' | 'en';
}

export interface Session {
  readonly expiresAt: string;
  readonly staff: Staff;
}

/** undefined: it is not known yet; null: nobody. */
let current: Session | null | undefined;
const watchers = new Set<(session: typeof current) => void>();

export function useSession(): typeof current {
  const [session, setSession] = useState(current);
  useEffect(() => {
    watchers.add(setSession);
    setSession(current);
    return () => void watchers.delete(setSession);
  }, []);
  return session;
}

/** The ways to sign in, and whether there may be a session: asking for one that is not there is an error on the browser's console. */
export interface SignInWays {
  readonly hasSession: boolean;
  readonly oidc: { readonly name: string } | null;
}

export async function findSession(): Promise<Session | null> {
  const ways = await call<SignInWays>({ path: '/v1/sign-in' });
  if (ways.ok && !ways.body.hasSession) {
    put(null);
    return null;
  }
  const answer = await call<Session>({ path: '/v1/sessions/current' });
  put(answer.ok ? answer.body : null);
  return answer.ok ? answer.body : null;
}

export interface SignIn {
  readonly login: string;
  readonly password: string;
  /** Of his second factor. */
  readonly code?: string;
}

export async function signIn(wish: SignIn): Promise<Answer<Session>> {
  const answer = await call<Session>({
    method: 'POST',
    path: '/v1/sessions',
    body: { ...wish, cookie: true },
  });
  if (answer.ok) put(answer.body);
  return answer;
}

export async function signOut(): Promise<void> {
  await call({ method: 'DELETE', path: '/v1/sessions/current' });
  put(null);
}

/** The server does not know it any more. */
export function endSession(): void {
  put(null);
}

function put(session: typeof current): void {
  current = session;
  for (const watch of watchers) watch(session);
}
