// Inquiries that arrive while one is being answered wait and are asked together. No timer, no cache: every answer
// is read after its question came. Two statements may be under way, so that the next travels while one is read.

import { BEGIN_LOOKUPS, type Session } from '../../platform/db/index.ts';
import type { BillKey } from '../store-pay.ts';
import { readBills, type AskedRow } from './store-inquiry.ts';

interface Waiting {
  readonly key: BillKey;
  readonly resolve: (row: AskedRow) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_TOGETHER = 512;
const MOST_UNDER_WAY = 2;

export class InquiryBatch {
  readonly #session: Session;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #scheduled = false;

  constructor(session: Session) {
    this.#session = session;
  }

  ask(key: BillKey): Promise<AskedRow> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#underWay >= MOST_UNDER_WAY || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#send(this.#waiting.splice(0, MOST_TOGETHER));
      this.#schedule();
    });
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    this.#underWay += 1;
    try {
      const rows = await this.#read(batch.map(({ key }) => key));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const row = rows[i];
        if (row === undefined) reject(new Error('the database answered fewer bills than were asked'));
        else resolve(row);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#underWay -= 1;
      this.#schedule();
    }
  }

  #read(keys: BillKey[]): Promise<AskedRow[]> {
    return this.#session.once(BEGIN_LOOKUPS, (tx) => readBills(tx, keys));
  }
}
