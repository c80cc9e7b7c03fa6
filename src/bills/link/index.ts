// Sub-door of the bills room: the live link to agencies that are asked for their bills.

export { AgencyLink, type LinkParts, type Word, type Words } from './agency-link.ts';
export { Breaker, BREAKER } from './breaker.ts';
export { linkMetrics, type LinkMetrics } from './metrics.ts';
export { notificationOf, type Notification } from './notification.ts';
export { closePaidElsewhere, type PaidElsewhere } from './store-paid-elsewhere.ts';
export { parseOutcome, type Outcome } from './schema.ts';
