// Splitting an amount so that the parts add up to it exactly: the largest-remainder method (Hamilton). Used where
// a total that was rounded once is shared among budget lines, bills or bearers of a fee.

/**
 * Parts of `total` (minor units, any sign) in proportion to `weights`, in their order. Each part is the exact share
 * rounded down or up; equal remainders favour the earlier. All weights zero: everything to the first.
 * Refuses (RangeError) a negative weight, and no weights at all.
 */
export function splitByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) throw new RangeError('nothing to split among');
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is negative');
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));

  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const parts = weights.map((weight, index) => ({
    index,
    share: (magnitude * weight) / sum,
    remainder: (magnitude * weight) % sum,
  }));
  let left = magnitude - parts.reduce((given, part) => given + part.share, 0n);
  for (const part of parts.toSorted(byRemainderThenOrder)) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map((part) => part.share * sign);
}

interface Part {
  index: number;
  remainder: bigint;
}

function byRemainderThenOrder(a: Part, b: Part): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.index - b.index;
}
