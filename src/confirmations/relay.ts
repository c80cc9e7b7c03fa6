// The relay: events that were committed are numbered, and whoever has to be told is woken. One per worker process, as
// many as there are; it looks twenty times a second, so that an event waits for nobody to announce it.

import type { Registry } from 'prom-client';
import { Session, type Database } from '../platform/db/index.ts';
import { seldom, type Log } from '../platform/log.ts';
import type { Caller } from '../platform/outgoing/index.ts';
import type { Queues } from '../platform/queue/index.ts';
import type { ReverseTools } from '../payments/index.ts';
import { Deliveries } from './delivery/index.ts';
import { deliveryMetrics } from './delivery-metrics.ts';
import { endpointOf } from './endpoint-of.ts';
import { linkEndpoint } from './link-endpoint.ts';
import { Numbering } from './number-events.ts';
import { startLinkDeliveries } from './store-told.ts';

export interface RelayParts {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly queues: Queues;
  readonly caller: Caller;
  readonly masterKey: Buffer;
  /** For agencies that say that a bill had been paid elsewhere. */
  readonly reversing: ReverseTools;
  readonly registry: Registry;
  readonly log: Pick<Log, 'warn'>;
  /** Told which billers' feeds have grown; quick, and never throws. */
  readonly onNumbered: (billerIds: readonly number[]) => void;
}

export interface Relay {
  /** From time to time: finds agencies that are to be told and have no mark yet. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 50;

export function startRelay(parts: RelayParts): Relay {
  const { databaseUrl, database, queues, caller, masterKey, reversing, registry, log } = parts;
  const numberingSession = new Session(databaseUrl, 'wasit-relay');
  const session = new Session(databaseUrl, 'wasit-deliveries');
  const numbering = new Numbering(numberingSession);
  const metrics = deliveryMetrics(registry, database);
  const deliveries = new Deliveries(
    {
      database,
      session,
      caller,
      log,
      endpointOf: async (billerId) =>
        (await endpointOf(database, masterKey, billerId)) ??
        linkEndpoint(reversing.directory.current.billersById.get(billerId), masterKey, reversing),
      onSent: metrics.onSent,
    },
    queues,
  );
  let isStopping = false;

  const look = async (): Promise<void> => {
    for (let isMore = true; isMore && !isStopping;) {
      const round = await numbering.round(performance.now());
      if (round.billerIds.length > 0) parts.onNumbered(round.billerIds);
      ({ isMore } = round);
      await deliveries.look();
    }
  };
  const warn = seldom((err) => log.warn({ err }, 'a look of the relay failed; the next one goes on'));
  const looking = (async () => {
    while (!isStopping) {
      await look().catch(warn);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  return {
    sweep: () => database.transaction(startLinkDeliveries),
    async stop() {
      isStopping = true;
      await looking;
      await deliveries.stop();
      await Promise.all([numberingSession.close(), session.close()]);
    },
  };
}
