// Names that are Wasit's own: payments that debits have made are called as their debits are at banks. Another payment of that
// name would stand in the way of the debit's money, and day files would pass over it.

import { DEBIT_REFERENCES } from '../kernel/debit-references.ts';
import { refuse, Refused } from '../kernel/errors.ts';

const DEBITS = new RegExp(DEBIT_REFERENCES);

/** Throws `Refused` (`malformed-request`) for the name of a debit's payment. */
export function refuseOwnName(reference: string): void {
  if (!DEBITS.test(reference)) return;
  const detail =
    'WSTD and 26 characters is the name of a debit, which Wasit alone gives: choose another reference';
  throw new Refused(refuse('malformed-request', undefined, { errors: [{ pointer: '/reference', detail }] }));
}
