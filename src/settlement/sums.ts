// Sums of a settlement by what their money belonged to. Remember: an entry that is split over several keys gives each
// its exact part of the money, and counts once, with its first part; so every column of a dimension adds up to its total.

import { DIMENSIONS, type Dimension, type Sums } from './batch.ts';

/** What a part of an entry belongs to; empty: to none. */
export type Keys = Readonly<Record<Exclude<Dimension, 'total'>, string>>;

export const COUNTS = [
  'payments',
  'bills',
  'reversals',
  'adjustments',
  'directPayments',
  'credited',
] as const satisfies readonly (keyof Sums)[];

export const AMOUNTS = [
  'grossMinor',
  'reversedMinor',
  'adjustedMinor',
  'directGrossMinor',
  'directReversedMinor',
  'directAdjustedMinor',
  'creditedMinor',
  'payerFeeMinor',
  'billerFeeMinor',
  'taxMinor',
  'commissionMinor',
] as const satisfies readonly (keyof Sums)[];

type Mutable = { -readonly [Column in keyof Sums]: Sums[Column] };

export const ZERO: Sums = {
  payments: 0,
  bills: 0,
  grossMinor: 0n,
  reversals: 0,
  reversedMinor: 0n,
  adjustments: 0,
  adjustedMinor: 0n,
  directPayments: 0,
  directGrossMinor: 0n,
  directReversedMinor: 0n,
  directAdjustedMinor: 0n,
  credited: 0,
  creditedMinor: 0n,
  payerFeeMinor: 0n,
  billerFeeMinor: 0n,
  taxMinor: 0n,
  commissionMinor: 0n,
};

/** One row of a tally as it is kept with a step: counts, then amounts as decimal text, in the order of the lists above. */
export type TallyRow = [Dimension, string, number[], string[]];

export class Tally {
  readonly #sums = new Map<Dimension, Map<string, Mutable>>(DIMENSIONS.map((each) => [each, new Map()]));

  static of(steps: Iterable<readonly TallyRow[]>): Tally {
    const tally = new Tally();
    for (const rows of steps) for (const row of rows) tally.#addRow(row);
    return tally;
  }

  add(keys: Keys, more: Partial<Sums>): void {
    for (const dimension of DIMENSIONS)
      this.#add(dimension, dimension === 'total' ? '' : keys[dimension], more);
  }

  get total(): Sums {
    return this.#sums.get('total')?.get('') ?? ZERO;
  }

  /** Keys of a dimension in the order of their code points. */
  keysOf(dimension: Dimension): string[] {
    return [...(this.#sums.get(dimension)?.keys() ?? [])].sort(byCodePoint);
  }

  of(dimension: Dimension, key: string): Sums {
    return this.#sums.get(dimension)?.get(key) ?? ZERO;
  }

  /** Every row, in the order of DIMENSIONS and then of the keys: equal tallies give equal rows. */
  rows(): TallyRow[] {
    return DIMENSIONS.flatMap((dimension) =>
      this.keysOf(dimension).map((key): TallyRow => {
        const sums = this.of(dimension, key);
        return [dimension, key, COUNTS.map((each) => sums[each]), AMOUNTS.map((each) => String(sums[each]))];
      }),
    );
  }

  #addRow([dimension, key, counts, amounts]: TallyRow): void {
    const sums: Partial<Mutable> = {};
    COUNTS.forEach((each, i) => (sums[each] = counts[i] ?? 0));
    AMOUNTS.forEach((each, i) => (sums[each] = BigInt(amounts[i] ?? '0')));
    this.#add(dimension, key, sums);
  }

  #add(dimension: Dimension, key: string, more: Partial<Sums>): void {
    const ofDimension = this.#sums.get(dimension);
    const sums = ofDimension?.get(key) ?? { ...ZERO };
    ofDimension?.set(key, sums);
    for (const each of COUNTS) sums[each] += more[each] ?? 0;
    for (const each of AMOUNTS) sums[each] += more[each] ?? 0n;
  }
}

/** As PostgreSQL's collation "C" orders text; keys are ASCII (kernel/code-form.ts), where UTF-16 agrees with it. */
function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
