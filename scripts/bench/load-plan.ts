// What the load generator is told and what it reports: plain JSON, since it is a process of its own.

/**
 * How requests are made: number k of body `k mod bodies.length`, which may hold `{bill}` (9 digits) and `{ref}` (3
 * digits, a dot, 9 digits), filled in per request.
 */
export interface RequestPlan {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly bodies: readonly string[];
  readonly auth?: BearerPlan | SignaturePlan;
}

export interface BearerPlan {
  readonly kind: 'bearer';
  readonly key: string;
}

/** Every request is signed before the clock starts: the generator's own cost is no part of the figure. */
export interface SignaturePlan {
  readonly kind: 'hmac-sha256' | 'ed25519';
  readonly keyId: string;
  /** As shown when the key was made: base64 or PEM. */
  readonly secret: string;
}

/**
 * Requests are numbered and go to `billers` in turn; number k asks for bill `((⌊k / billers⌋ × spread) mod count) ×
 * stride`, so each bill of a biller comes once in `count`.
 */
export interface NumberPlan {
  readonly billers: number;
  readonly first: number;
  /** At most so many requests; fewer when the time is over before. */
  readonly limit: number;
  readonly count: number;
  readonly spread: number;
  readonly stride: number;
}

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly expectedStatus: number;
  /** So many requests a second, whatever becomes of them; undefined: as many as `connections` that wait for answers send. */
  readonly perSecond?: number;
  readonly request: RequestPlan;
  readonly numbers: NumberPlan;
}

export interface LoadResult {
  /** Answers inside the measured window, and how many a second. */
  readonly count: number;
  readonly rate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly meanMs: number;
  /** All answers by status, warm-up included. */
  readonly statuses: Record<string, number>;
  /** Answers with another status or another content than expected, and requests that were never answered. */
  readonly failed: number;
  /** Requests sent, warm-up included: the next run begins at `first + sent`. */
  readonly sent: number;
  /** Requests that were due and found no connection free until the end: the pace was not kept. */
  readonly unsent: number;
  /** CPU that the generator used for all it sent, its start and the signing left out. */
  readonly cpuSeconds: number;
  /** The first failed answer, for the person who looks for the fault. */
  readonly firstFailure?: string;
}
