// An event as an agency reads it, in its feed and in what is sent to it: one envelope for both (Standard Webhooks).
// The payload's text is put in as it was written, never parsed and written anew.

import { showId } from '../kernel/ids.ts';

export interface TellableEvent {
  readonly event_id: string;
  readonly type: string;
  readonly subject: string;
  readonly revision: number;
  /** The text of a JSON object. */
  readonly payload: string;
  readonly recorded_at: Date;
}

/** The id under which an agency knows the event: `webhook-id` of its delivery, and the key of its own books. */
export function eventIdOf(event: Pick<TellableEvent, 'event_id'>): string {
  return showId('evt', event.event_id);
}

/** The `data` of an event, JSON text. */
export function dataOf(event: TellableEvent): string {
  const head = `{"eventId":"${eventIdOf(event)}","revision":${event.revision}`;
  return event.payload === '{}' ? `${head}}` : `${head},${event.payload.slice(1)}`;
}

/** One event: `{ type, timestamp, data }`. */
export function envelopeOf(event: TellableEvent): string {
  return `{"type":"${event.type}","timestamp":"${event.recorded_at.toISOString()}","data":${dataOf(event)}}`;
}

/** Several events of one type, in order: `data` is an array, the time that of the last. */
export function batchEnvelopeOf(events: readonly TellableEvent[]): string {
  const last = events.at(-1);
  if (last === undefined) throw new Error('an envelope for no event');
  return `{"type":"${last.type}","timestamp":"${last.recorded_at.toISOString()}","data":[${events.map(dataOf).join(',')}]}`;
}

/** What an event is about, as the world knows it: `pay_…` for payments, `stl_…` for settlements, `rmt_…` … */
export function subjectOf({ type, subject }: { type: string; subject: string }): string {
  if (type.startsWith('payment.')) return showId('pay', subject);
  if (type.startsWith('remittance.')) return showId('rmt', subject);
  if (type.startsWith('mandate.')) return showId('mnd', subject);
  return type.startsWith('settlement.') ? showId('stl', subject) : subject;
}
