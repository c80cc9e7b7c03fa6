// How a channel's money is spread over what it owes. Pure. What is owed to the channel is set off first, as far as there is
// something to set it off against; then the oldest debts are paid; what comes back is taken from the newest.

/** A date of a biller, or of the operator, that is not paid, or was paid; `minor` in minor units: what is open, or has been paid. */
export interface DueAt {
  readonly billerId: number;
  readonly businessDate: string;
  minor: bigint;
}

export interface Part {
  readonly billerId: number;
  /** null: paid ahead, in the operator's book. */
  readonly businessDate: string | null;
  readonly minor: bigint;
}

export interface Spread {
  readonly parts: Part[];
  /** Not owed yet. */
  readonly leftMinor: bigint;
}

/**
 * `dues` in the order in which they are paid; what is open of them is lowered. Parts and what is left add up to `minor`;
 * what is set off are parts below zero and as much more for others.
 */
export function spreadOver(dues: readonly DueAt[], minor: bigint): Spread {
  const owed = sum(dues.filter((due) => due.minor > 0n));
  const toSetOff = -sum(dues.filter((due) => due.minor < 0n));
  const setOff = least(toSetOff, owed);
  const pay = least(setOff + minor, owed);
  return { parts: [...taken(dues, -setOff), ...taken(dues, pay)], leftMinor: minor - (pay - setOff) };
}

/** `paid` the newest first, each above zero; what has been paid of them is lowered. undefined: it is not as much. */
export function takeBack(paid: readonly DueAt[], minor: bigint): Part[] | undefined {
  if (sum(paid) < minor) return undefined;
  return taken(paid, minor).map((part) => ({ ...part, minor: -part.minor }));
}

/** Parts that add up to `minor`, of those of its sign, in their order. */
function taken(dues: readonly DueAt[], minor: bigint): Part[] {
  const parts: Part[] = [];
  let left = minor;
  for (const due of dues) {
    if (left === 0n) break;
    if (due.minor === 0n || due.minor > 0n !== left > 0n) continue;
    const part = left > 0n ? least(due.minor, left) : -least(-due.minor, -left);
    parts.push({ billerId: due.billerId, businessDate: due.businessDate, minor: part });
    due.minor -= part;
    left -= part;
  }
  return parts;
}

function sum(dues: readonly DueAt[]): bigint {
  return dues.reduce((all, { minor }) => all + minor, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
