// Whose days somebody looks at: a channel's own, and for the operator's people every channel's, or the one that they name.

import type { FastifyRequest } from 'fastify';
import { callingChannel, type Channel, type Directory } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { Malformed } from '../../platform/http/index.ts';
import { BELONGS } from '../../access/index.ts';

/**
 * undefined: of every channel. Refuses codes that nobody has, and like any unknown parameter one from a channel, whose days
 * are its own.
 */
export function channelOfDays(
  request: FastifyRequest,
  directory: Directory,
  code: string | undefined,
): Channel | undefined {
  const { person } = request;
  if (person === undefined || BELONGS[person.role] !== 'operator') {
    const channel = callingChannel(request, directory);
    if (code === undefined) return channel;
    throw new Malformed([{ pointer: '/channel', key: 'unknownField', facts: { name: 'channel' } }], 'query');
  }
  if (code === undefined) return undefined;
  const channel = directory.current.channelsByCode.get(code);
  if (channel === undefined) throw new Refused(refuse('not-found', { channelCode: code }));
  return channel;
}

/** The same of one date: the operator's people have to name the channel. */
export function channelOfDay(
  request: FastifyRequest,
  directory: Directory,
  code: string | undefined,
): Channel {
  const channel = channelOfDays(request, directory, code);
  if (channel !== undefined) return channel;
  const errors = [{ pointer: '/channel', detail: 'is needed: whose day' }];
  throw new Refused(refuse('malformed-request', { field: 'channel' }, { errors }));
}
