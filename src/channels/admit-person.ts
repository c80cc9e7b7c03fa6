// A person at the gate: the token of his session instead of a key. He reads what the client of his agency or channel
// reads; one of the operator's people says by `?biller=` which agency's he means.

import type { FastifyRequest } from 'fastify';
import { BELONGS, type Person } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Identified, Principal } from './credentials/index.ts';
import type { Directory } from './directory.ts';

export interface PersonParts {
  readonly directory: Directory;
  /** Who holds the token of a session; undefined: nobody does. Without it no person is let in. */
  readonly personOf?: (token: string) => Promise<Person | undefined>;
}

const TOKEN = /^bearer +(wst_\S*)$/i;

/** undefined: the request has none, so a client calls. */
export function sessionToken({ headers }: FastifyRequest): string | undefined {
  if (headers['signature-input'] !== undefined || headers.authorization === undefined) return undefined;
  return TOKEN.exec(headers.authorization)?.[1];
}

/** Sets `request.person`. */
export async function identifyPerson(
  { personOf }: Pick<PersonParts, 'personOf'>,
  request: FastifyRequest,
  token: string,
): Promise<Identified> {
  const person = await personOf?.(token);
  if (person === undefined)
    return {
      ok: false,
      code: 'unauthenticated',
      reason: 'the session is not known here or has ended; sign in again',
    };
  request.person = person;
  return { ok: true, principal: principalOf(person) };
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
