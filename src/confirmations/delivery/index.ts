// Sub-door of the confirmations: how events reach the agencies.

export { Deliveries } from './jobs.ts';
export type { DeliveryParts, EndpointTerms } from './parts.ts';
export { post, type Sent } from './send.ts';
