// What every benchmark is: a function from options to findings.

import type { Findings } from './report.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** Payments in the large database of `growth`, undelivered events of `backlog`, payments of the day of `close` and of `reconcile`, open bills of `deposits`; undefined: as many as the figure asks for. */
  readonly size: number | undefined;
}

export interface BenchOutcome {
  readonly findings: Findings;
  readonly durability: Record<string, string>;
}

export type Bench = (options: BenchOptions) => Promise<BenchOutcome>;
