// What the two sides of a day come to, by currency: money that was taken, and how many payments were given back.

import { money, toText, type MoneyText } from '../../kernel/money.ts';

/** Minor units of one currency in one file: what is more than anybody's books hold is a fault of the file. */
export const LARGEST_TOTAL = 10n ** 17n;

export interface Side {
  count: number;
  minor: bigint;
  reversed: number;
}

interface Summed {
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: string;
}

function sideOf({ amountMinor, status }: Omit<Summed, 'currency'>): Side {
  return status === 'reversed'
    ? { count: 0, minor: 0n, reversed: 1 }
    : { count: 1, minor: amountMinor, reversed: 0 };
}

/** By currency. */
export class Sums {
  readonly #sides = new Map<string, Side>();

  side(currency: string): Side {
    let side = this.#sides.get(currency);
    if (side === undefined) {
      side = { count: 0, minor: 0n, reversed: 0 };
      this.#sides.set(currency, side);
    }
    return side;
  }

  /** What may come to it yet without being more than can be booked; exact where a double is. */
  roomOf(currency: string): number {
    return Number(LARGEST_TOTAL - this.side(currency).minor);
  }

  get currencies(): Iterable<string> {
    return this.#sides.keys();
  }

  add({ currency, ...line }: Summed): void {
    const side = this.side(currency);
    const { count, minor, reversed } = sideOf(line);
    side.count += count;
    side.minor += minor;
    side.reversed += reversed;
  }

  subtract({ currency, ...line }: Summed): void {
    this.take(currency, sideOf(line));
  }

  take(currency: string, less: Readonly<Side>): void {
    const side = this.side(currency);
    side.count -= less.count;
    side.minor -= less.minor;
    side.reversed -= less.reversed;
  }

  copy(): Sums {
    const copy = new Sums();
    for (const [currency, side] of this.#sides) copy.#sides.set(currency, { ...side });
    return copy;
  }
}

export interface SideText {
  readonly count: number;
  readonly amount: MoneyText;
  readonly reversed: number;
}

export interface TotalsText {
  readonly currency: string;
  readonly theirs: SideText;
  readonly ours: SideText;
  readonly matched: SideText;
}

export function totalsText({
  theirs,
  ours,
  matched,
}: Record<'theirs' | 'ours' | 'matched', Sums>): TotalsText[] {
  const currencies = [...new Set([...ours.currencies, ...theirs.currencies])].sort();
  const text = (sums: Sums, currency: string): SideText => {
    const { count, minor, reversed } = sums.side(currency);
    return { count, amount: toText(money(minor, currency)), reversed };
  };
  return currencies.map((currency) => ({
    currency,
    theirs: text(theirs, currency),
    ours: text(ours, currency),
    matched: text(matched, currency),
  }));
}
