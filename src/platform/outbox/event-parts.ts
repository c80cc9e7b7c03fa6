// The one way to write events: parts of the statement that records what they tell of. Each event gets a row in the
// outbox, from which the relay numbers it for the feed and so starts it on its way (ADR 14).

/**
 * Names of `with` that write the events given by `query`: biller_id, event_id, type, subject, revision, payload (json)
 * and recorded_at, in this order. Ids are dated by the books' time and order the events of a subject.
 */
export function eventParts(query: string): string {
  return `events as (
  insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
  ${query}
  returning biller_id, event_id
), outbox as (
  insert into event_outbox (biller_id, event_id) select biller_id, event_id from events
)`;
}
