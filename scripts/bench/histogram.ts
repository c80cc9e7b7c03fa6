// Latencies in microseconds, counted in buckets of at most 1 % of their value, so that a million answers cost no
// memory and one percentile is exact enough to be quoted. The same idea as HdrHistogram, with 7 bits a power of two.

const BUCKETS = 1 << 12;

export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;
  #sum = 0;
  #max = 0;

  get total(): number {
    return this.#total;
  }

  /** `us`: whole microseconds, up to half an hour. */
  add(us: number): void {
    const shift = us < 256 ? 0 : 24 - Math.clz32(us);
    const bucket = (shift << 7) + (us >>> shift);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total++;
    this.#sum += us;
    if (us > this.#max) this.#max = us;
  }

  /** Milliseconds below which the share `p` (0 to 1) of all lies; 0 when there are none. */
  percentileMs(p: number): number {
    const wanted = Math.ceil(this.#total * p);
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= wanted && seen > 0) return valueOf(bucket) / 1000;
    }
    return 0;
  }

  get meanMs(): number {
    return this.#total === 0 ? 0 : this.#sum / this.#total / 1000;
  }

  get maxMs(): number {
    return this.#max / 1000;
  }
}

function valueOf(bucket: number): number {
  if (bucket < 256) return bucket;
  const shift = (bucket >> 7) - 1;
  return (bucket - (shift << 7)) * 2 ** shift;
}
