// One signed call to an agency's own system, and what its answer means: an answer to be read, a link that is down, or
// something no agency should say. Remember: a question may be asked again, it changes nothing there.

import { randomUUID } from 'node:crypto';
import type { Biller, BillerLink } from '../../billers/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { signWebhook } from '../../kernel/standard-webhooks.ts';
import type { Caller, CallResult } from '../../platform/outgoing/index.ts';
import type { AnswerFault, Question } from './read-answer.ts';

const MOST_ANSWER_BYTES = 1024 * 1024;

export type Called =
  | { readonly kind: 'answered'; readonly body: Buffer; readonly tookMs: number }
  | { readonly kind: 'down'; readonly detail: string; readonly tookMs: number }
  | {
      readonly kind: 'wrong';
      readonly fault: AnswerFault;
      readonly detail: string;
      readonly tookMs: number;
    };

export interface AskTools {
  readonly caller: Caller;
  readonly clock: Clock;
}

/** A connection that broke under the question, as a kept one may, is worth a second within the same deadline. */
export async function callAgency(
  { caller, clock }: AskTools,
  biller: Pick<Biller, 'code'>,
  link: BillerLink,
  secret: Buffer,
  question: Question,
): Promise<Called> {
  const body = JSON.stringify({ billerCode: biller.code, ...question });
  const send = (timeoutMs: number): Promise<CallResult> =>
    caller.post(`${link.url}/inquiries`, {
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...signWebhook({
          secrets: [secret],
          id: `inq_${randomUUID()}`,
          timestampSeconds: Math.floor(clock.now().getTime() / 1000),
          body,
        }),
      },
      body,
      timeoutMs,
      maxAnswerBytes: MOST_ANSWER_BYTES,
    });
  const first = await send(link.deadlineMs);
  const leftMs = Math.floor(link.deadlineMs - first.tookMs);
  if (first.ok || first.failure !== 'reset' || leftMs < 1) return meaning(first);
  const second = meaning(await send(leftMs));
  return { ...second, tookMs: second.tookMs + first.tookMs };
}

function meaning(result: CallResult): Called {
  const { tookMs } = result;
  if (!result.ok) {
    const { failure, detail } = result;
    if (failure === 'too-large' || failure === 'malformed')
      return { kind: 'wrong', fault: failure, detail, tookMs };
    return { kind: 'down', detail: `${failure}: ${detail}`, tookMs };
  }
  const { status, body } = result;
  if (status === 200) return { kind: 'answered', body, tookMs };
  const detail = `HTTP ${status}`;
  if (status >= 500 || status === 429 || status === 408) return { kind: 'down', detail, tookMs };
  return { kind: 'wrong', fault: 'http-status', detail, tookMs };
}
