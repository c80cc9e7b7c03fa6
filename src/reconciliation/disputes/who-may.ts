// Who sees which disputes: the operator's people all; an agency, by its key or its people, those about its payments; a
// channel those that it opened, and those that the operator opened against it. Cases are between the desk, the payer and his
// agency: no channel sees them.

import type { FastifyRequest } from 'fastify';
import { actorOf, BELONGS, type Actor, type Person } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, showId, type Uuid } from '../../kernel/ids.ts';
import type { Dispute } from './dispute.ts';

export interface DisputeCaller {
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
export function disputeCaller({ principal, person, ip }: FastifyRequest): DisputeCaller {
  const { billerId = null, channelId = null, code = '' } = principal ?? {};
  if (person !== undefined) return { person, client: null, billerId, channelId, actor: actorOf(person, ip) };
  if (billerId === null && channelId === null)
    throw new Refused(refuse('forbidden', { reason: 'the operator’s people sign in for this' }));
  const kind = channelId === null ? 'agency' : 'channel';
  return {
    person,
    client: code,
    billerId,
    channelId,
    actor: { name: `${kind}/${code}`, origin: 'api', address: ip },
  };
}

/** Refuses `dispute-not-found`. */
export function seenBy(
  { billerId, channelId }: DisputeCaller,
  shownId: string,
  it: Dispute | undefined,
): Dispute {
  const isSeen =
    it !== undefined &&
    (billerId === null || it.billerId === billerId) &&
    (channelId === null || (it.channelId === channelId && it.openedBy !== 'desk'));
  if (!isSeen) throw new Refused(refuse('dispute-not-found', { disputeId: shownId }));
  return it;
}

export function readDisputeId(shownId: string): Uuid {
  const id = parseId('dsp', shownId);
  if (id === undefined) throw new Refused(refuse('dispute-not-found', { disputeId: shownId }));
  return id;
}

/** The person at the operator's desk. Refuses `forbidden` for everybody else. */
export function deskPerson({ person }: Pick<DisputeCaller, 'person'>): Person {
  if (person === undefined || BELONGS[person.role] !== 'operator')
    throw new Refused(refuse('forbidden', { reason: 'only the operator’s people do this' }));
  return person;
}

/** Refuses `forbidden` for who only looks: agencies, and a channel's people, whose program has the key. */
export function checkParty(caller: DisputeCaller): void {
  if (caller.person === undefined ? caller.channelId === null : BELONGS[caller.person.role] !== 'operator')
    throw new Refused(
      refuse('forbidden', { reason: 'only the channel’s key and the operator’s people do this' }),
    );
}

export function wrongState({ disputeId, state, approvalId }: Dispute, isAsked = false): Refused {
  return new Refused(
    refuse('dispute-state', {
      disputeId: showId('dsp', disputeId),
      state,
      ...(isAsked && approvalId !== null && { approvalId: showId('apr', approvalId) }),
    }),
  );
}
