// A short transaction that met another at the same rows is done once more: what the other did is seen then.

import { isConflict, sqlStateOf } from '../../platform/db/index.ts';

const TRIES = 5;
const UNIQUE_VIOLATION = '23505';

/** A bill that another debit has taken up meanwhile counts as met. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isMet = isConflict(error) || sqlStateOf(error) === UNIQUE_VIOLATION;
      if (attempt >= TRIES || !isMet) throw error;
    }
  }
}
