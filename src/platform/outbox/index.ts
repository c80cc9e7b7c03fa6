// Door of the outbox: events, written in the transaction that causes them.

export { eventParts } from './event-parts.ts';
