// What a bank says of a debit, whichever way it says it, and what is made of it beside what was said before. Pure.

import type { DebitRef } from './debit.ts';
import type { DebitState } from './states.ts';

/** `settled`: the money is there, which only a return undoes. */
export type WordVerdict = 'accepted' | 'settled' | 'rejected' | 'returned';

export interface DebitWord extends DebitRef {
  readonly verdict: WordVerdict;
  /** The bank's reason, of a refusal or a return. */
  readonly code: string | null;
  readonly text: string | null;
  readonly bankReference: string | null;
  /** Where it stands: the message id of an order, `api`, or a line of a statement. */
  readonly source: string;
}

/** `known`: it was said before, nothing follows. `conflict`: it contradicts what was, a person has to look. */
export type Noted = 'noted' | 'known' | 'conflict';

/** What stands of a debit when a word comes: its state, and the verdicts before, oldest first. */
export interface Heard {
  readonly state: DebitState;
  readonly isWithBank: boolean;
  readonly verdicts: readonly WordVerdict[];
}

/**
 * What becomes of a word, and as which it is noted: a refusal of what was paid on the bank's acceptance alone is a return.
 * Words come in any order: money that came back before it was told to have come has come and gone.
 */
export function judge(verdict: WordVerdict, heard: Heard): { noted: Noted; as: WordVerdict } {
  const said = (...which: WordVerdict[]): boolean => which.some((one) => heard.verdicts.includes(one));
  const as = (noted: Noted) => ({ noted, as: verdict });
  if (!heard.isWithBank) return as('conflict');
  switch (verdict) {
    case 'accepted':
      return as(heard.verdicts.length > 0 ? 'known' : 'noted');
    case 'settled':
      if (said('settled', 'returned')) return as('known');
      return as(said('rejected') ? 'conflict' : 'noted');
    case 'rejected':
      if (said('rejected', 'returned')) return as('known');
      if (said('settled')) return as('conflict');
      return heard.state === 'collected' ? { noted: 'noted', as: 'returned' } : as('noted');
    case 'returned':
      return as(said('rejected', 'returned') ? 'known' : 'noted');
  }
}
