// Fairness: subject and yardstick take turns on the same warm machine, round after round, so that whatever else the
// machine does hits both. Quoted is the median of the rounds' ratios, never the best round.

import { median } from './drive.ts';

export type Measures = Record<string, () => Promise<number>>;

/** Each measure's figure of each round, in order. Every second round goes backwards. */
export async function takeTurns<M extends Measures>(
  rounds: number,
  measures: M,
): Promise<Record<keyof M, number[]>> {
  const names: (keyof M & string)[] = Object.keys(measures);
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    keyof M,
    number[]
  >;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const figure = await measures[name]?.();
      if (figure === undefined) continue;
      figures[name].push(figure);
      console.error(
        `  round ${round + 1}, ${name}: ${figure >= 100 ? Math.round(figure) : figure.toFixed(3)}`,
      );
    }
  }
  return figures;
}

/** Median over the rounds of subject / yardstick. */
export function medianRatio(subject: readonly number[], yardstick: readonly number[]): number {
  return median(subject.map((figure, round) => figure / (yardstick[round] ?? Number.NaN)));
}
