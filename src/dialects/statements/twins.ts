// One statement twice in a file: by mistake of whoever put the file together. Counted twice it would pay bills twice.

import { StatementFault, type StatementHead } from '../../reconciliation/index.ts';

const MOST_STATEMENTS = 100_000;

export class Twins {
  readonly #places = new Map<string, string>();

  /** `more`: what tells statements apart that their bank does not number. Throws StatementFault at the second of two. */
  check({ account, reference, sequence }: StatementHead, place: string, more = ''): void {
    const key = JSON.stringify([account, reference, sequence, more]);
    const earlier = this.#places.get(key);
    if (earlier !== undefined)
      throw new StatementFault(
        place,
        `the statement ${reference} of account ${account} is in the file twice, first at ${earlier}`,
      );
    if (this.#places.size === MOST_STATEMENTS)
      throw new StatementFault(place, `the file holds more than ${MOST_STATEMENTS} statements`);
    this.#places.set(key, place);
  }
}
