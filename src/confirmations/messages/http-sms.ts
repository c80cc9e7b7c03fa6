// SMS by a provider's HTTP interface, as its mapping says (sms-mapping.ts). Remember: an answer that says neither yes
// nor no, or none at all after the request may have arrived, is `unknown`; only a clear no is tried again.

import type { CallResult, Caller } from '../../platform/outgoing/index.ts';
import type { Outgoing, Provider, SendResult } from './message.ts';
import { fillFields, valueAt, type SmsMapping } from './sms-mapping.ts';

const AT_ONCE = 16;
const TIMEOUT_MS = 8_000;
/** Not known there, not allowed, too many, not now: the provider's or the operator's to mend, the SMS did not leave. */
const AGAIN: readonly number[] = [401, 402, 403, 404, 407, 408, 423, 425, 429, 503];

export function openHttpSms(mapping: SmsMapping, caller: Caller): Provider {
  return {
    name: 'http-sms',
    atOnce: mapping.atOnce ?? AT_ONCE,
    async send(message) {
      const result = await caller.post(mapping.url, {
        headers: { ...mapping.headers, 'content-type': CONTENT_TYPES[mapping.format] },
        body: bodyOf(mapping, message),
        timeoutMs: mapping.timeoutMs ?? TIMEOUT_MS,
      });
      return judge(mapping, result);
    },
    close: async () => undefined,
  };
}

const CONTENT_TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function bodyOf({ format, fields, sender }: SmsMapping, { id, to, text }: Outgoing): string {
  const places = { to, toDigits: to.slice(1), text, sender: sender ?? '', id };
  const filled = fillFields(fields, places);
  return format === 'json'
    ? JSON.stringify(filled)
    : new URLSearchParams(filled as Record<string, string>).toString();
}

function judge(mapping: SmsMapping, result: CallResult): SendResult {
  if (!result.ok) {
    const reason = `${result.failure}: ${result.detail}`;
    return result.maySent ? { outcome: 'unknown', reason } : { outcome: 'not-sent', again: true, reason };
  }
  const { status } = result;
  const reason = `the provider answered ${status}`;
  const isYes = mapping.success?.statuses?.includes(status) ?? (status >= 200 && status < 300);
  if (isYes) return judgeAnswer(mapping, result.body);
  if ((mapping.again ?? AGAIN).includes(status)) return { outcome: 'not-sent', again: true, reason };
  // A redirect is not followed: whoever set up the address can mend it.
  if (status >= 300 && status < 400) return { outcome: 'not-sent', again: true, reason };
  if (status >= 400 && status < 500) return { outcome: 'not-sent', again: false, reason };
  return { outcome: 'unknown', reason };
}

function judgeAnswer({ success }: SmsMapping, body: Buffer): SendResult {
  if (success?.path === undefined || success.equals === undefined) return { outcome: 'sent' };
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return { outcome: 'unknown', reason: 'the provider answered something that is no JSON' };
  }
  const value = valueAt(answer, success.path);
  if (value === undefined)
    return { outcome: 'unknown', reason: `the provider's answer has no ${success.path}` };
  if (success.equals.some((wanted) => wanted === value)) return { outcome: 'sent' };
  return {
    outcome: 'not-sent',
    again: false,
    reason: `the provider answered ${success.path} = ${JSON.stringify(value).slice(0, 100)}`,
  };
}
