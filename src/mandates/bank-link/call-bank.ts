// One signed call to the bank of payers, and what its answer means: an answer to be read, a link that is down, or something
// no bank should say. Remember: the same call may be made again, under the same id; the bank does what it asks for once.

import type { Clock } from '../../kernel/clock.ts';
import { signWebhook } from '../../kernel/standard-webhooks.ts';
import type { Caller, CallResult } from '../../platform/outgoing/index.ts';

const MOST_ANSWER_BYTES = 64 * 1024;

export type Called =
  | { readonly kind: 'answered'; readonly body: Buffer; readonly tookMs: number }
  | { readonly kind: 'down'; readonly detail: string; readonly tookMs: number }
  | { readonly kind: 'wrong'; readonly detail: string; readonly tookMs: number };

export interface BankCall {
  /** What is called; the base of the link is put before it. */
  readonly path: '/mandates' | '/debits' | `/mandates/${string}/cancellation`;
  /** The same whenever it is made again. */
  readonly id: string;
  readonly body: object;
  readonly timeoutMs: number;
}

export async function callBank(
  { caller, clock }: { readonly caller: Caller; readonly clock: Clock },
  { url, secret }: { readonly url: string; readonly secret: Buffer },
  { path, id, body, timeoutMs }: BankCall,
): Promise<Called> {
  const text = JSON.stringify(body);
  const timestampSeconds = Math.floor(clock.now().getTime() / 1000);
  return meaning(
    await caller.post(`${url}${path}`, {
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...signWebhook({ secrets: [secret], id, timestampSeconds, body: text }),
      },
      body: text,
      timeoutMs,
      maxAnswerBytes: MOST_ANSWER_BYTES,
    }),
  );
}

function meaning(result: CallResult): Called {
  const { tookMs } = result;
  if (!result.ok) {
    const { failure, detail } = result;
    const isWrong = failure === 'too-large' || failure === 'malformed' || failure === 'refused-address';
    return { kind: isWrong ? 'wrong' : 'down', detail: `${failure}: ${detail}`, tookMs };
  }
  const { status, body } = result;
  if (status >= 200 && status <= 202) return { kind: 'answered', body, tookMs };
  const detail = `HTTP ${status}`;
  const isDown = status >= 500 || status === 429 || status === 408;
  return { kind: isDown ? 'down' : 'wrong', detail, tookMs };
}
