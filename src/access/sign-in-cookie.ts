// A sign-in that is under way at the provider, kept sealed by the browser itself: nothing to store, nothing to clean up, and
// the answer counts only in the browser that asked. `Lax`, for the provider's site sends the browser back.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { openSecret, sealSecret } from '../kernel/seal.ts';
import { clearCookie, readCookie, setCookie } from '../platform/http/index.ts';
import type { UnderWay } from './provider.ts';

const NAME = 'wasit_sign_in';
const WITHIN_SECONDS = 600;
const SETTINGS = { sameSite: 'Lax', path: '/v1/sign-in' } as const;

export interface SignInUnderWay extends UnderWay {
  /** The page to go to afterwards. */
  readonly back: string;
}

export interface SealTools {
  readonly masterKey: Buffer;
  readonly clock: Clock;
}

export function keepUnderWay(
  reply: FastifyReply,
  { masterKey, clock }: SealTools,
  kept: SignInUnderWay,
): void {
  const until = clock.now().getTime() + WITHIN_SECONDS * 1000;
  const sealed = sealSecret(masterKey, NAME, Buffer.from(JSON.stringify({ ...kept, until })));
  setCookie(reply, NAME, sealed.toString('base64url'), { ...SETTINGS, maxAgeSeconds: WITHIN_SECONDS });
}

/** undefined: none, or too old, or not ours. It is cleared in any case: a sign-in has one answer. */
export function takeUnderWay(
  request: FastifyRequest,
  reply: FastifyReply,
  { masterKey, clock }: SealTools,
): SignInUnderWay | undefined {
  const cookie = readCookie(request, NAME);
  if (cookie === undefined) return undefined;
  clearCookie(reply, NAME, SETTINGS);
  const text = opened(masterKey, cookie);
  if (text === undefined) return undefined;
  const { until, ...kept } = JSON.parse(text) as SignInUnderWay & { until: number };
  return clock.now().getTime() < until ? kept : undefined;
}

function opened(masterKey: Buffer, cookie: string): string | undefined {
  try {
    return openSecret(masterKey, NAME, Buffer.from(cookie, 'base64url')).toString();
  } catch {
    // Whatever a browser sends: sealed under an older key, cut off, made up.
    return undefined;
  }
}
