// Who sees which mandates and who acts on them: the agency its own, by its key or its people, and those that cover it; the
// debtor bank those of its customers, once they were sent to it; the operator's people look at all.

import type { FastifyRequest } from 'fastify';
import { actorOf, BELONGS, type Actor, type Person } from '../../access/index.ts';
import { refuse, Refused, type Retry } from '../../kernel/errors.ts';
import { parseId, showId, type Uuid } from '../../kernel/ids.ts';
import type { Cover, Mandate } from './mandate.ts';

export interface MandateCaller {
  readonly person: Person | undefined;
  /** The code of the client that called with its key. */
  readonly client: string | null;
  /** null: every biller's. */
  readonly billerId: number | null;
  /** null: every channel's. */
  readonly channelId: number | null;
  readonly actor: Actor;
}

/** Refuses `forbidden` for the operator's key: his people sign in. */
export function mandateCaller({ principal, person, ip }: FastifyRequest): MandateCaller {
  const { billerId = null, channelId = null, code = '' } = principal ?? {};
  if (person !== undefined) return { person, client: null, billerId, channelId, actor: actorOf(person, ip) };
  if (billerId === null && channelId === null)
    throw new Refused(refuse('forbidden', { reason: 'the operator’s people sign in for this' }));
  const kind = channelId === null ? 'agency' : 'channel';
  const actor: Actor = { name: `${kind}/${code}`, origin: 'api', address: ip };
  return { person, client: code, billerId, channelId, actor };
}

type Looker = Pick<MandateCaller, 'billerId' | 'channelId'>;

/** Refuses `mandate-not-found`. */
export function seenBy(
  { billerId, channelId }: Looker,
  shownId: string,
  it: Mandate | undefined,
  covers: readonly Pick<Cover, 'billerId' | 'approvalId'>[],
): Mandate {
  const isSeen =
    it !== undefined &&
    (billerId === null ||
      it.billerId === billerId ||
      covers.some((cover) => cover.billerId === billerId && cover.approvalId !== null)) &&
    (channelId === null || (it.channelId === channelId && (it.submissions > 0 || it.opener === channelId)));
  if (!isSeen) throw notFound(shownId);
  return it;
}

export function readMandateId(shownId: string): Uuid {
  const id = parseId('mnd', shownId);
  if (id === undefined) throw notFound(shownId);
  return id;
}

/** Also where he has named an agency, whose mandates he then reads. */
export function isOperator({ person }: Pick<MandateCaller, 'person'>): boolean {
  return person !== undefined && BELONGS[person.role] === 'operator';
}

/**
 * On whose side the caller acts on this mandate: its agency (key, or people), or its bank (key). Refuses `forbidden` for
 * everybody else who sees it.
 */
export function sideOf({ person, billerId, channelId }: MandateCaller, it: Mandate): 'agency' | 'bank' {
  const belongs = person === undefined ? undefined : BELONGS[person.role];
  if (billerId === it.billerId && channelId === null && (belongs === undefined || belongs === 'agency'))
    return 'agency';
  if (channelId === it.channelId && person === undefined) return 'bank';
  throw new Refused(refuse('forbidden', { reason: 'only its agency and the payer’s bank do this' }));
}

/** Refuses `forbidden` for whoever did not open it, and for people: programs write mandates. */
export function checkOpener(caller: MandateCaller, it: Mandate): 'agency' | 'bank' {
  const side = sideOf(caller, it);
  const isOpener = side === 'bank' ? it.opener === caller.channelId : it.opener === 0;
  if (!isOpener || caller.person !== undefined)
    throw new Refused(refuse('forbidden', { reason: 'only the client that opened it does this' }));
  return side;
}

/** `retry`: `same-reference` where the same request may succeed once the mandate has moved on. */
export function wrongState({ mandateId, state, suspendedBy }: Mandate, retry: Retry = 'never'): Refused {
  const facts = {
    mandateId: showId('mnd', mandateId),
    state,
    ...(state === 'suspended' && { suspendedBy }),
  };
  return new Refused(refuse('mandate-state', facts, { retry }));
}

function notFound(mandateId: string): Refused {
  return new Refused(refuse('mandate-not-found', { mandateId }));
}
