// What this process has seen in a drop folder: since when something has not changed, whatever clock it was dated by, and
// what was told. It lasts as long as the process, and forgets what a whole round has not met.

interface Look {
  readonly mark: string;
  readonly sinceMs: number;
}

export class DropMemory {
  readonly #looks = new Map<string, Look>();
  readonly #told = new Set<string>();
  readonly #met = new Set<string>();

  /** Whether `mark` was the same at a look at least `ms` ago. */
  isSame(key: string, mark: string, ms: number): boolean {
    this.#met.add(key);
    const now = performance.now();
    const look = this.#looks.get(key);
    if (look?.mark === mark) return now - look.sinceMs >= ms;
    this.#looks.set(key, { mark, sinceMs: now });
    return false;
  }

  /** Once for as long as it is met. */
  isNews(key: string): boolean {
    this.#met.add(key);
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }

  endRound(): void {
    for (const key of this.#looks.keys()) if (!this.#met.has(key)) this.#looks.delete(key);
    for (const key of this.#told) if (!this.#met.has(key)) this.#told.delete(key);
    this.#met.clear();
  }
}

const memories = new Map<string, DropMemory>();

export function memoryOf(folder: string): DropMemory {
  const known = memories.get(folder);
  if (known !== undefined) return known;
  const memory = new DropMemory();
  memories.set(folder, memory);
  return memory;
}
