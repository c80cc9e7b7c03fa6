// Calls to addresses that somebody else configured: confirmations, links to agencies, providers of messages. The other
// side may be absent, slow, broken or hostile; a call always ends, within its time, with an answer or a named failure.
// Remember: nothing is ever sent twice here, and no redirect is followed. Who calls decides whether to call again.

import { lookup as systemLookup } from 'node:dns';
import { Agent } from 'undici';
import { addressRules } from './address-rules.ts';
import type { CallFailure, Caller, CallerOptions, CallResult } from './call.ts';
import { checkedUrl } from './checked-url.ts';
import { startExchange, type Exchange } from './exchange.ts';
import { guardedConnector } from './guarded-connector.ts';

const MAX_ANSWER_BYTES = 64 * 1024;
const CONNECTIONS_PER_ORIGIN = 16;
const CLOSE_GRACE_MS = 5000;
/** Times that a request is handed to another connection because the one it waited for broke: none of it was sent. */
const MOST_MOVES = 3;
/** With `host` the name on the certificate would be chosen by the header; the rest frames the message. */
const OWN_HEADERS =
  /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|expect|trailer|te)$/i;

/**
 * A kept connection that the other side closes meanwhile is noticed before the next request is written, which then
 * takes a new one. Closed at the very moment of writing, the call is `reset` with `maySent`: it cannot be known, so it
 * is not repeated here.
 */
export function openCaller(options: CallerOptions): Caller {
  const rules = addressRules(options.allowedNetworks);
  const agent = new Agent({
    connect: guardedConnector(rules, options.lookup ?? systemLookup),
    connections: options.connectionsPerOrigin ?? CONNECTIONS_PER_ORIGIN,
    headersTimeout: 0, // the exchange's own time-out spans the whole call
    bodyTimeout: 0,
    keepAliveTimeout: 4000, // below the 5 s after which many servers close
    keepAliveMaxTimeout: 30_000,
  });
  const underWay = new Set<Exchange>();
  let closed = false;

  return {
    async post(text, { headers, body, timeoutMs, maxAnswerBytes = MAX_ANSWER_BYTES }) {
      const own = Object.keys(headers).find((name) => OWN_HEADERS.test(name));
      if (own !== undefined) throw new TypeError(`the header ${own} is not the caller's to set`);
      if (closed) return notSent('unreachable', 'closed: no more calls are made');
      const url = checkedUrl(text, rules);
      if (typeof url === 'string') return notSent('refused-address', `the URL ${url}`);

      const request = {
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers,
        body,
      } as const;
      let moves = 0;
      const again = (): boolean => {
        if (closed || moves === MOST_MOVES) return false;
        moves += 1;
        // Later, when the client is done with the broken connection.
        setImmediate(() => underWay.has(exchange) && agent.dispatch(request, exchange.handler));
        return true;
      };
      const exchange = startExchange({ timeoutMs, maxAnswerBytes, again });
      underWay.add(exchange);
      agent.dispatch(request, exchange.handler);
      return exchange.result.finally(() => underWay.delete(exchange));
    },
    async close() {
      closed = true;
      const giveUp = () => underWay.forEach((exchange) => exchange.giveUp('reset', 'given up: closing'));
      const grace = setTimeout(giveUp, CLOSE_GRACE_MS);
      await Promise.allSettled([...underWay].map(({ result }) => result));
      clearTimeout(grace);
      await agent.destroy();
    },
  };
}

function notSent(failure: CallFailure, detail: string): CallResult {
  return { ok: false, failure, detail, maySent: false, tookMs: 0 };
}
