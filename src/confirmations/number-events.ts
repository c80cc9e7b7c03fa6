// The relay's first half: gives every committed event its place in its biller's feed. One round at a time in each
// worker; rounds of several workers share the billers between them. Nothing here waits for an open transaction.

import { BEGIN_LOOKUPS, isConnectionLoss, txOf, type Session } from '../platform/db/index.ts';
import { lockHeads, numberRows, readOutbox, type Unnumbered } from './store-numbering.ts';

const MOST_AT_ONCE = 2000;

/** Ids this much older than the newest seen are looked for only by the full rounds. */
const LOOK_BACK_MS = 10_000;

/** So often all of the outbox is read: for groups that committed late and clocks that were set back. */
const FULL_ROUND_MS = 1000;

export class Numbering {
  readonly #session: Session;
  #after = SMALLEST;
  #fullRoundAt = -Infinity;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The billers whose feeds have grown, and whether more waits already. */
  async round(nowMs: number): Promise<{ billerIds: number[]; isMore: boolean }> {
    const client = await this.#session.connected();
    const isFull = nowMs - this.#fullRoundAt >= FULL_ROUND_MS;
    try {
      const rows = await readOutbox(txOf(client), isFull ? SMALLEST : this.#after, MOST_AT_ONCE);
      if (isFull && rows.length < MOST_AT_ONCE) this.#fullRoundAt = nowMs;
      if (rows.length === 0) return { billerIds: [], isMore: false };
      this.#after = lookBack(rows, this.#after);
      return { billerIds: await this.#number(rows), isMore: rows.length === MOST_AT_ONCE };
    } catch (error) {
      if (isConnectionLoss(error)) this.#session.drop(client);
      throw error;
    }
  }

  #number(rows: readonly Unnumbered[]): Promise<number[]> {
    return this.#session.transaction(BEGIN_LOOKUPS, async (tx) => {
      const mine = await lockHeads(
        tx,
        [...new Set(rows.map((row) => row.biller_id))].sort((a, b) => a - b),
      );
      const owned = new Set(mine);
      const ids = rows.filter((row) => owned.has(row.biller_id)).map((row) => row.event_id);
      const moved = ids.length === 0 ? [] : await numberRows(tx, mine, ids);
      return moved.map((head) => head.biller_id);
    });
  }
}

const SMALLEST = '00000000-0000-0000-0000-000000000000';

/** Never goes back: what is older is found by the next full round. */
function lookBack(rows: readonly Unnumbered[], after: string): string {
  const newest = rows.at(-1)?.event_id ?? SMALLEST;
  const ms = Number.parseInt(newest.slice(0, 8) + newest.slice(9, 13), 16) - LOOK_BACK_MS;
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  const mark = `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
  return mark > after ? mark : after;
}
