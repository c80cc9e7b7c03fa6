// A person at the gate: the token of his session instead of a key. He reads what the client of his agency or channel
// reads; one of the operator's people says by `?biller=` which agency's he means.

import type { FastifyRequest } from 'fastify';
import type { Person } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import type { Identified, Principal } from './credentials/index.ts';
import type { GatekeeperParts } from './gatekeeper.ts';

const TOKEN = /^bearer +(wst_\S*)$/i;

/** undefined: the request has none, so a client calls. */
export function sessionToken({ headers }: FastifyRequest): string | undefined {
  if (headers['signature-input'] !== undefined || headers.authorization === undefined) return undefined;
  return TOKEN.exec(headers.authorization)?.[1];
}

/** Sets `request.person`. Takes `biller` out of the query, where only the operator's people have it. */
export async function identifyPerson(
  parts: Pick<GatekeeperParts, 'personOf' | 'directory'>,
  request: FastifyRequest,
  token: string,
): Promise<Identified> {
  const person = await parts.personOf?.(token);
  if (person === undefined)
    return {
      ok: false,
      code: 'unauthenticated',
      reason: 'the session is not known here or has ended; sign in again',
    };
  request.person = person;
  return { ok: true, principal: principalOf(person, namedBiller(parts, request, person)) };
}

function principalOf(person: Person, named: number | undefined): Principal {
  const billerId = person.billerId ?? named;
  return {
    kind: 'staff',
    keyId: '',
    code: `staff/${person.login}`,
    ...(billerId !== undefined && { billerId }),
    ...(person.channelId !== undefined && { channelId: person.channelId }),
  };
}

/** Refuses `biller-not-found`. */
function namedBiller(
  { directory }: Pick<GatekeeperParts, 'directory'>,
  { query, method }: FastifyRequest,
  { billerId, channelId }: Person,
): number | undefined {
  if (billerId !== undefined || channelId !== undefined || method !== 'GET') return undefined;
  if (typeof query !== 'object' || query === null || !('biller' in query)) return undefined;
  const code = String(query.biller);
  delete query.biller;
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
  return biller.billerId;
}
