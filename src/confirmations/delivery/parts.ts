// What deliveries are made with.

import type { Database, Session } from '../../platform/db/index.ts';
import type { Caller } from '../../platform/outgoing/index.ts';
import type { FedEvent } from '../store-feed.ts';
import type { Endpoint, Sent } from './send.ts';

export interface EndpointTerms extends Endpoint {
  /** Whether the agency asked to be told of events of this type. */
  readonly wants: (type: string) => boolean;
  /** When these terms were set. */
  readonly changedAt: Date;
}

export interface DeliveryParts {
  readonly database: Database;
  /** For the short statements of deliveries, several runs on one connection. */
  readonly session: Session;
  readonly caller: Caller;
  /** undefined: the agency wants no webhook (any more). */
  readonly endpointOf: (billerId: number) => Promise<EndpointTerms | undefined>;
  readonly onSent: (billerId: number, events: readonly FedEvent[], sent: Sent) => void;
}
