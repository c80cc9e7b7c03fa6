// Door of the holds: debits above a ceiling of the payer's mandate, and what persons decide about them.

export { askHeld } from './ask-held.ts';
export { heldKind } from './held-kind.ts';
