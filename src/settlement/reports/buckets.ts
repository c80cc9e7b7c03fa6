// Times as counts: how many answers took at most so long. Percentiles read from them are exact to within a bucket.

/** Upper limits in milliseconds; what took longer stands under NO_LIMIT. */
export const LIMITS = [
  1, 2, 5, 10, 20, 40, 70, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000,
] as const;
export const NO_LIMIT = 2_147_483_647;

export function bucketOf(ms: number): number {
  return LIMITS.find((limit) => ms <= limit) ?? NO_LIMIT;
}

/**
 * Milliseconds that `share` (0 to 1) of the answers stayed within, taken evenly inside a bucket; beyond the last limit
 * it is that limit. null: there were no answers.
 */
export function percentile(counts: ReadonlyMap<number, bigint>, share: number): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0n);
  if (total === 0n) return null;
  const wanted = Number(total) * share;
  let before = 0;
  let floor = 0;
  for (const limit of LIMITS) {
    const count = Number(counts.get(limit) ?? 0n);
    if (count > 0 && before + count >= wanted)
      return round(floor + ((limit - floor) * Math.max(0, wanted - before)) / count);
    before += count;
    floor = limit;
  }
  return floor;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
