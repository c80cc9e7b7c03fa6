// What a gateway answered since it last wrote it down: in memory, a few additions for each answer, so that the pay path
// never waits for a report. A gateway that is killed loses some seconds of these counts and nothing else.

import { bucketOf } from './buckets.ts';

export type Operation = 'pay' | 'inquire';

export interface ServiceCount {
  readonly billerId: number;
  readonly operation: Operation;
  /** `ok`, or the problem's code. */
  readonly outcome: string;
  readonly bucket: number;
  readonly answers: number;
}

export class ServiceCounts {
  #counts = new Map<string, number>();

  add(billerId: number, operation: Operation, outcome: string, ms: number): void {
    this.#add(`${billerId} ${operation} ${outcome} ${bucketOf(ms)}`, 1);
  }

  /** All of them, in one order everywhere; they begin anew. */
  take(): ServiceCount[] {
    const taken = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#counts = new Map();
    return taken.map(([key, answers]) => {
      const [billerId, operation, outcome = '', bucket] = key.split(' ');
      return {
        billerId: Number(billerId),
        operation: operation as Operation,
        outcome,
        bucket: Number(bucket),
        answers,
      };
    });
  }

  /** What could not be written waits for the next time. */
  giveBack(counts: readonly ServiceCount[]): void {
    for (const { billerId, operation, outcome, bucket, answers } of counts)
      this.#add(`${billerId} ${operation} ${outcome} ${bucket}`, answers);
  }

  #add(key: string, answers: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + answers);
  }
}
