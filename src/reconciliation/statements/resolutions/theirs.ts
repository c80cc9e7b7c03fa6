// A line of an agency's own account that contradicts what we know of a debit: the money is the agency's, which settles it with
// its bank.

import { Type, type Static } from 'typebox';
import { partReader } from '../../../platform/http/index.ts';
import { debitsIn } from '../references.ts';
import type { Way } from './decide-line.ts';

const Nothing = Type.Object({}, { additionalProperties: false });

/** The debit may be tried again from then on. */
export const accepting: Way<Static<typeof Nothing>> = {
  name: 'accept',
  kinds: ['unplaced-line'],
  on: 'agencys',
  read: partReader(Nothing, ''),
  says: () =>
    Promise.resolve(
      'the agency settles it with its bank; nothing is booked, and what is still open of the debit is tried again by its rule',
    ),

  place(_tx, { line, notes }) {
    const about = debitsIn(line).map(({ debitId }) => ({ kind: 'accepted', subjectId: debitId }));
    notes.place(line, 'other', ...about);
    return Promise.resolve();
  },
};
