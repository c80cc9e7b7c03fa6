// How many events an agency is sent in one request: as many as it has shown to take. An endpoint that breaks off or is
// too slow says nothing of which event it is about; smaller requests get through, and then grow again slowly.

const MOST = 500;

export class BatchSize {
  #most = MOST;

  get most(): number {
    return this.#most;
  }

  /** A request of so many was not answered. */
  unanswered(count: number): void {
    if (count > 1) this.#most = Math.min(this.#most, Math.max(1, count >> 1));
  }

  /** A request of so many was taken. */
  taken(count: number): void {
    if (count >= this.#most) this.#most = Math.min(MOST, this.#most + Math.max(1, this.#most >> 4));
  }
}
