// A person at the gate: the token of his session, as a bearer or in a page's cookie, instead of a key. He reads what the client of his agency or channel
// reads; one of the operator's people says by `?biller=` which agency's he means.

import type { FastifyRequest } from 'fastify';
import { BELONGS, PAGE_HEADER, sessionCookie, type Person, type Session } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Identified, Principal } from './credentials/index.ts';
import type { Directory } from './directory.ts';

export interface PersonParts {
  readonly directory: Directory;
  /** The session that a token is of; undefined: of none. Without it no person is let in. */
  readonly sessionOf?: (token: string) => Promise<Session | undefined>;
  /** Default: optional. */
  readonly secondFactor?: 'optional' | 'required';
}

const TOKEN = /^bearer +(wst_\S*)$/i;

/** undefined: the request has none, so a client calls. A cookie counts where nothing else says who calls. */
export function sessionToken(request: FastifyRequest): string | undefined {
  const { headers } = request;
  if (headers['signature-input'] !== undefined) return undefined;
  if (headers.authorization === undefined) return sessionCookie(request);
  return TOKEN.exec(headers.authorization)?.[1];
}

/** Refuses `forbidden` for a change that another site could have made the person's browser send. */
export function refuseForeignPage({ headers, method }: FastifyRequest): void {
  if (headers.authorization !== undefined || isRead(method) || headers[PAGE_HEADER] === '1') return;
  const reason = `a change that comes with a session's cookie needs the header ${PAGE_HEADER}: 1`;
  throw new Refused(refuse('forbidden', { reason }));
}

/** Sets `request.person` and `request.session`. */
export async function identifyPerson(
  { sessionOf }: Pick<PersonParts, 'sessionOf'>,
  request: FastifyRequest,
  token: string,
): Promise<Identified> {
  const session = await sessionOf?.(token);
  if (session === undefined)
    return {
      ok: false,
      code: 'unauthenticated',
      reason: 'the session is not known here or has ended; sign in again',
    };
  request.session = session;
  request.person = session.person;
  return { ok: true, principal: principalOf(session.person) };
}

/** Refuses `second-factor-missing` where one is required, but on the routes that lead to one. */
export function refuseWithoutFactor(
  { secondFactor }: Pick<PersonParts, 'secondFactor'>,
  { session, routeOptions }: FastifyRequest,
): void {
  if (secondFactor !== 'required' || session?.isByPasswordAlone !== true) return;
  if (routeOptions.config.withoutFactor !== true) throw new Refused(refuse('second-factor-missing'));
}

function principalOf({ login, billerId, channelId }: Person): Principal {
  return {
    kind: 'staff',
    keyId: '',
    code: `staff/${login}`,
    ...(billerId !== undefined && { billerId }),
    ...(channelId !== undefined && { channelId }),
  };
}

/** HEAD is GET without the body. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Takes `biller` out of the query, which only the operator's people have there: what they read is then that biller's.
 * Refuses `biller-not-found`.
 */
export function nameBiller({ directory }: Pick<PersonParts, 'directory'>, request: FastifyRequest): void {
  const { query, method, person, principal } = request;
  if (principal === undefined || person === undefined || !isRead(method)) return;
  if (BELONGS[person.role] !== 'operator') return;
  if (typeof query !== 'object' || query === null || !('biller' in query)) return;
  const code = String(query.biller);
  delete query.biller;
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
  request.principal = { ...principal, billerId: biller.billerId };
}
