// Pays: sends loads of payments, each of a fresh bill under a fresh reference, and keeps count of what was answered
// over all its runs. Bills are taken from all over the table, since payers do not come in the order of the file.

import { drive } from './drive.ts';
import type { Filled } from './fill.ts';
import type { BearerPlan, LoadResult, SignaturePlan } from './load-plan.ts';
import { AMOUNT, BILLER } from './world.ts';

export interface PayLoad {
  readonly port: number;
  readonly auth: BearerPlan | SignaturePlan;
  readonly connections: number;
  readonly seconds: number;
  /** So many payments a second; left out: as many as the connections can send. */
  readonly perSecond?: number;
  /** At most so many payments; signed ones are all made in advance. */
  readonly limit?: number;
  readonly path?: string;
}

const WARM_UP_MS = 1000;

export class Payer {
  readonly #filled: Filled;
  readonly #billers: number;
  readonly #bodies: readonly string[];
  #next = 0;
  /** Answers 201 and answers of any kind, warm-up included. */
  accepted = 0;
  answers = 0;
  failed = 0;
  firstFailure: string | undefined;

  /** `filled`: each of the billers has as many bills. One in so many payments names a payer who wants to be told. */
  constructor(filled: Filled, codes: readonly string[] = [BILLER.code], oneTold = 0) {
    this.#filled = filled;
    this.#billers = codes.length;
    this.#bodies = Array.from({ length: Math.max(1, oneTold) }, (_, i) =>
      codes.map((code) => bodyOf(code, oneTold > 0 && i === 0)),
    ).flat();
  }

  async pay({
    port,
    auth,
    connections,
    seconds,
    perSecond,
    limit,
    path = '/v1/payments',
  }: PayLoad): Promise<LoadResult> {
    const { openBills, stride } = this.#filled;
    const left = openBills * this.#billers - this.#next;
    if (left < 1) throw new Error('no open bills are left: fill in more');
    const result = await drive({
      port,
      connections,
      warmUpMs: WARM_UP_MS,
      durationMs: seconds * 1000,
      expectedStatus: 201,
      ...(perSecond !== undefined && { perSecond }),
      request: { method: 'POST', path, bodies: this.#bodies, auth },
      numbers: {
        billers: this.#billers,
        first: this.#next,
        limit: Math.min(limit ?? left, left),
        count: openBills,
        spread: spreadOf(openBills),
        stride,
      },
    });
    this.#next += result.sent;
    this.accepted += result.statuses['201'] ?? 0;
    this.answers += Object.values(result.statuses).reduce((sum, count) => sum + count, 0);
    this.failed += result.failed;
    this.firstFailure ??= result.firstFailure;
    return result;
  }
}

function bodyOf(billerCode: string, isTold: boolean): string {
  return JSON.stringify({
    reference: '{ref}',
    billerCode,
    bills: [{ billNumber: 'B{bill}', amount: { value: AMOUNT.value, currency: BILLER.currency } }],
    occurredAt: new Date().toISOString(),
    method: 'cash',
    outlet: { kind: 'branch', id: 'MCT-014' },
    ...(isTold && { payer: { mobile: '+96892345678', language: 'ar' } }),
  });
}

/** Steps of the golden ratio through `count` bills meet each once and neighbours never follow each other. */
export function spreadOf(count: number): number {
  let spread = Math.floor(count * 0.618034);
  while (gcd(spread, count) !== 1) spread++;
  return spread;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
