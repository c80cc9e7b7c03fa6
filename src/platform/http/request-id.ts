// The id of a request, in `x-request-id` and in a problem's `instance`. A caller may name his request himself; ours
// sort by time, so that a log can be cut at a moment. Made without the random generator: this runs for every request.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SANE = /^[A-Za-z0-9._:-]{8,128}$/;
const COUNTER_DIGITS = 4;
const COUNTER_SIZE = 32 ** COUNTER_DIGITS;

/** Distinguishes processes that answer in the same millisecond; also keeps one process's ids from another's. */
const ownProcess = randomBytes(4).readUInt32BE().toString(32).padStart(7, '0');
let counter = 0;
let stamp = { ms: 0, text: '' };

/** The caller's own `x-request-id` when it has a sane form, else a fresh one: milliseconds, counter, process. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : freshRequestId();
}

/** For what never became a request, too. */
export function freshRequestId(): string {
  const ms = Date.now();
  if (ms !== stamp.ms) stamp = { ms, text: `req_${ms.toString(32).padStart(9, '0')}` };
  counter = (counter + 1) % COUNTER_SIZE;
  return stamp.text + counter.toString(32).padStart(COUNTER_DIGITS, '0') + ownProcess;
}
