// Sends one load by the generator's process and brings its result back.

import type { LoadPlan, LoadResult } from './load-plan.ts';
import { runProgram } from './program.ts';

export async function drive(plan: LoadPlan): Promise<LoadResult> {
  return JSON.parse(await runProgram('./load.ts', JSON.stringify(plan))) as LoadResult;
}

/** The middle value; of an even number of values the lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
