// The one way to write events: parts of the statement that records what they tell of. Each event gets a row in the
// outbox, from which the relay numbers it for the feed and so starts it on its way (ADR 14).

const FOR_PAYERS = 'select biller_id, event_id, true from events';

/**
 * Names of `with` that write the events given by `query`: biller_id, event_id, type, subject, revision, payload (json)
 * and recorded_at, in this order. Ids are dated by the books' time and order the events of a subject. `outboxQuery`: the
 * same events for the outbox, for a caller who knows of which no payer has to be told.
 */
export function eventParts(query: string, outboxQuery = FOR_PAYERS): string {
  return `events as (
  insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
  ${query}
  returning biller_id, event_id
), outbox as (
  insert into event_outbox (biller_id, event_id, for_payers) ${outboxQuery}
)`;
}
