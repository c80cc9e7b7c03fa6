// By which route an agency is paid through each bank of its payers, as their agreements stand: the operator's account is the
// creditor of a debit, or the agency's own. A bank that pays in advance collects no debits: its float would pay for what it
// hands over anyway, and what it has collected would wait for a float.

import type { Biller } from '../../billers/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import {
  agreementAt,
  agreementKey,
  serves,
  type Method,
  type Route,
  type Snapshot,
} from '../../channels/index.ts';

/** `agreement`: none, or none any more; `method`: not that of the agency's terms; `outlet`: it is for outlets alone. */
export type WhyUnserved = 'agreement' | 'method' | 'outlet' | 'channel-suspended' | 'channel-prefunded';

/** How debits go through one bank, or why they cannot as things stand. */
export function routeThrough(
  { channelsById, agreements }: Snapshot,
  { billerId, calendar }: Biller,
  channelId: number,
  { method, at }: { readonly method: Method; readonly at: Date },
): { readonly route: Route } | { readonly why: WhyUnserved } {
  const channel = channelsById.get(channelId);
  if (channel === undefined) return { why: 'agreement' };
  if (channel.suspended) return { why: 'channel-suspended' };
  if (channel.funding === 'prefunded') return { why: 'channel-prefunded' };
  const terms = agreementAt(agreements.get(agreementKey(billerId, channelId)) ?? [], at)?.terms;
  const why = serves(terms, { method, outletKind: undefined, date: calendarDate(at, calendar) });
  if (why !== undefined) return { why };
  return terms === undefined ? { why: 'agreement' } : { route: terms.route };
}

/** By channel; one that lets no debits through is missing, and its debits wait. */
export function servedRoutes(
  snapshot: Snapshot,
  biller: Biller,
  method: Method,
  at: Date,
): Map<number, Route> {
  const routes = new Map<number, Route>();
  for (const channelId of snapshot.channelsById.keys()) {
    const through = routeThrough(snapshot, biller, channelId, { method, at });
    if ('route' in through) routes.set(channelId, through.route);
  }
  return routes;
}
