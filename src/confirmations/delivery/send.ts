// Sends events to an agency's endpoint in one request, signed by Standard Webhooks. The same events are the same
// request with the same id, however often they are sent, so that the agency can tell a repetition.

import { createHash } from 'node:crypto';
import { signWebhook } from '../../kernel/standard-webhooks.ts';
import type { Caller } from '../../platform/outgoing/index.ts';
import { batchEnvelopeOf, envelopeOf, eventIdOf, type TellableEvent } from '../show-event.ts';
import { askedPauseMs } from './pauses.ts';

export interface Endpoint {
  readonly url: string;
  /** The newest first; the one before signs too while agencies change over. */
  readonly secrets: readonly Buffer[];
  readonly batch: boolean;
  /** Does what the answer to a single event asks for; false: it cannot be read, so the event is not acknowledged. */
  readonly understands?: (event: TellableEvent, answer: Buffer) => Promise<boolean>;
}

export interface Refused {
  readonly isTaken: false;
  /** For people: what came back. */
  readonly failure: string;
  /** What the endpoint answered; undefined: no answer came. */
  readonly status: number | undefined;
  /** What the endpoint asked for by `retry-after`. */
  readonly askedPauseMs: number | undefined;
}

export type Sent = { readonly isTaken: true } | Refused;

const TIMEOUT_MS = 15_000;
const ANSWER_BYTES = 64 * 1024;

/** 2xx is the acknowledgement; everything else leaves the events undelivered. */
export async function send(
  caller: Caller,
  { url, secrets, batch, understands }: Endpoint,
  events: readonly TellableEvent[],
): Promise<Sent> {
  const [first] = events;
  if (first === undefined) throw new Error('a delivery of no event');
  const body = batch ? batchEnvelopeOf(events) : envelopeOf(first);
  const id = batch ? batchIdOf(events) : eventIdOf(first);
  const understood = understands && ((answer: Buffer) => understands(first, answer));
  return post(caller, url, secrets, { id, body }, understood);
}

export async function post(
  caller: Caller,
  url: string,
  secrets: readonly Buffer[],
  { id, body }: { id: string; body: string },
  understood?: (answer: Buffer) => Promise<boolean>,
): Promise<Sent> {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const result = await caller.post(url, {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Wasit',
      ...signWebhook({ secrets: [...secrets], id, timestampSeconds, body }),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    maxAnswerBytes: ANSWER_BYTES,
  });
  if (!result.ok) {
    const failure = `${result.failure}: ${result.detail}`;
    return { isTaken: false, failure, status: undefined, askedPauseMs: undefined };
  }
  const { status } = result;
  const isTaken = status >= 200 && status < 300;
  if (isTaken && (understood === undefined || (await understood(result.body)))) return { isTaken: true };
  return {
    isTaken: false,
    failure: isTaken ? `status ${status} with an answer that cannot be read` : `status ${status}`,
    status,
    askedPauseMs: askedPauseMs(result.headers['retry-after'], Date.now()),
  };
}

/** Of the events in it and their order alone. */
function batchIdOf(events: readonly TellableEvent[]): string {
  const digest = createHash('sha256');
  for (const event of events) digest.update(event.event_id);
  return `evb_${digest.digest('hex').slice(0, 32)}`;
}
