// Whose day it is that somebody looks at: an agency's own, a channel's own with the agencies that it serves, and for the
// operator everybody's, one agency's or one channel's.

import type { FastifyRequest } from 'fastify';
import { agreementKey, isOperator, type Directory } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { Malformed } from '../../platform/http/index.ts';
import { reportedBiller } from '../../settlement/index.ts';

export interface Whose {
  readonly billerIds: readonly number[];
  /** undefined: more than one, or the operator's own as well. */
  readonly billerId: number | undefined;
  /** undefined: of every channel. */
  readonly channelId: number | undefined;
}

export interface Named {
  readonly biller?: string | undefined;
  readonly channel?: string | undefined;
}

/** Refuses codes that nobody has, and like any unknown parameter those that somebody gives who may not. */
export function whoseDay(request: FastifyRequest, directory: Directory, named: Named): Whose {
  const { billersById, channelsByCode } = directory.current;
  const { channelId } = request.principal ?? {};
  if (channelId !== undefined) {
    for (const name of ['biller', 'channel'] as const)
      if (named[name] !== undefined)
        throw new Malformed([{ pointer: `/${name}`, key: 'unknownField', facts: { name } }], 'query');
    return { billerIds: servedBy(channelId, directory), billerId: undefined, channelId };
  }
  const isAll = named.biller === undefined && isOperator(request);
  const billerId = isAll ? undefined : reportedBiller(request, directory, named.biller);
  const channel = named.channel === undefined ? undefined : channelsByCode.get(named.channel);
  if (named.channel !== undefined && channel === undefined)
    throw new Refused(refuse('not-found', { channelCode: named.channel }));
  const billerIds = billerId === undefined ? [...billersById.keys()] : [billerId];
  return { billerIds, billerId, channelId: channel?.channelId };
}

function servedBy(channelId: number, { current }: Directory): number[] {
  return [...current.billersById.keys()].filter((billerId) =>
    current.agreements.has(agreementKey(billerId, channelId)),
  );
}
