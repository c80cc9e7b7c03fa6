// Numbers and sums of entries that a bank says beside its entries (TxsSummry, :90D:, :90C:), held against what was read.
// Banks differ in whether they count entries that are not booked yet, so either count will do.

import { StatementFault } from '../../reconciliation/index.ts';

export type Side = 'all' | 'credits' | 'debits';

/** What a bank says; undefined: it does not. `sum`: minor units, of absolute amounts. */
export interface Claim {
  readonly side: Side;
  readonly count: bigint | undefined;
  readonly sum: bigint | undefined;
}

interface Count {
  count: bigint;
  sum: bigint;
}

const zero = (): Count => ({ count: 0n, sum: 0n });

export class Tally {
  readonly #booked = { credits: zero(), debits: zero() };
  readonly #pending = { credits: zero(), debits: zero() };

  /** An entry, not a transaction of one. */
  add(minor: bigint, isCredit: boolean, isBooked: boolean): void {
    const counts = isBooked ? this.#booked : this.#pending;
    const count = isCredit ? counts.credits : counts.debits;
    count.count++;
    count.sum += minor < 0n ? -minor : minor;
  }

  /** Throws StatementFault where the bank says another number or sum. */
  check(claims: readonly Claim[], place: string): void {
    for (const { side, count, sum } of claims) {
      const booked = this.#of(side, false);
      const all = this.#of(side, true);
      if (count !== undefined && count !== booked.count && count !== all.count)
        throw new StatementFault(
          place,
          `it says that it has ${count} ${NAMES[side]}, but has ${booked.count}`,
        );
      if (sum !== undefined && sum !== booked.sum && sum !== all.sum)
        throw new StatementFault(
          place,
          `the sum of ${NAMES[side]} that it says is not the sum of its entries`,
        );
    }
  }

  #of(side: Side, isPendingToo: boolean): Count {
    const sum = zero();
    for (const counts of isPendingToo ? [this.#booked, this.#pending] : [this.#booked])
      for (const name of side === 'all' ? (['credits', 'debits'] as const) : [side]) {
        sum.count += counts[name].count;
        sum.sum += counts[name].sum;
      }
    return sum;
  }
}

const NAMES: Readonly<Record<Side, string>> = {
  all: 'entries',
  credits: 'credit entries',
  debits: 'debit entries',
};
