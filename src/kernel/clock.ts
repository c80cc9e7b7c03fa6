// The clock as a type. Business time is the database's (`business_now()`, see migrations/functions); this one is
// for what lives outside the books: the age of a signature, timings, log lines. Injected, so tests can set it.

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
