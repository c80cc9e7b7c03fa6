// How long to wait before the next try: growing, with jitter, so that a thousand events that failed together do not
// come back together. Given up after three days (api.md, "To the agency").

const DAY_MS = 86_400_000;

export const GIVE_UP_AFTER_MS = 3 * DAY_MS;

export interface Growth {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** An endpoint that takes nothing is asked again soon: it holds back everything of its agency. */
export const ENDPOINT_PAUSES: Growth = { firstMs: 500, mostMs: 30_000 };

/** An event that the endpoint refuses while it takes others waits for somebody to mend it. */
export const EVENT_PAUSES: Growth = { firstMs: 5_000, mostMs: 3_600_000 };

/** Doubles with each failure up to the most; between a half and the whole of it, by `random` from 0 to 1. */
export function pauseMs(failures: number, { firstMs, mostMs }: Growth, random = Math.random()): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.round(whole * (0.5 + random / 2));
}

/** What `retry-after` asks for, in seconds or as a date (RFC 9110), at the most an hour; undefined: nothing. */
export function askedPauseMs(header: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 3_600_000) : undefined;
}
