// Whether a reference may have come before in a file of any length, in constant memory: a Bloom filter. It never says no
// of one that has; of which it says yes by mistake, one in a thousand in a file of a million lines, the database finds out.

/** Of 32 bits each; three bits of one word stand for a reference, so that it costs one look into memory. */
const WORDS = 2 ** 20;

export class MaybeSeen {
  readonly #words = new Uint32Array(WORDS);

  /** Of bytes from `from` to before `to`; they have come from now on. */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    // FNV-1a, 32 bits, spread by a round of MurmurHash3's finalizer.
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const place = hash >>> 12;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    const mask = (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31)) | (1 << ((hash >>> 10) & 31));
    const word = this.#words[place] ?? 0;
    this.#words[place] = word | mask;
    return (word & mask) === mask;
  }
}
