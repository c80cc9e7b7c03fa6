// What a break ends by when nothing has to be moved: our books are right, and the other side's are its own to mend; or
// what became of the money already is accepted (a payer's credit stays, and leaves by the requests of credit).

import { Type } from 'typebox';
import { partReader } from '../../../platform/http/index.ts';
import type { Resolution } from '../resolution.ts';

const read = partReader(Type.Object({}, { additionalProperties: false }), '');

const OURS: Resolution['kinds'] = [
  'missing-here',
  'missing-there',
  'amount-differs',
  'status-differs',
  'duplicate-there',
  'wrong-day',
];
const AS_IT_IS: Resolution['kinds'] = [
  'paid-elsewhere',
  'not-credited',
  'deposit-short',
  'deposit-already-paid',
  'deposit-refused',
];

export const acceptances: readonly Resolution[] = [
  accepting('accept-ours', OURS, 'our books stand; the channel mends its own'),
  accepting('accept', AS_IT_IS, 'it stays as it is booked'),
];

function accepting(name: string, kinds: Resolution['kinds'], says: string): Resolution {
  return {
    name,
    kinds,
    of: 'open',
    read,
    propose: () => Promise.resolve(says),
    carryOut: () => Promise.resolve({ journals: [] }),
  };
}
