// The life of a mandate as a table: what can be done in which state, and what comes of it. Each change of state is an event
// `mandate.<action>` of the agency's feed.

export const MANDATE_STATES = [
  'draft',
  'submitted',
  'bank-validated',
  'bank-refused',
  'accepted',
  'rejected',
  'returned',
  'suspended',
  'cancelled',
  'expired',
] as const;
export type MandateState = (typeof MANDATE_STATES)[number];

/** What changes the state. */
export const MOVES = [
  'submitted',
  'bank-validated',
  'bank-refused',
  'accepted',
  'rejected',
  'returned',
  'suspended',
  'resumed',
  'cancelled',
  'expired',
] as const;
export type Move = (typeof MOVES)[number];

/** Everything that its history tells. */
export const MANDATE_ACTIONS = [
  'created',
  'changed',
  'attached',
  ...MOVES,
  'cover-accepted',
  'cover-rejected',
] as const;
export type MandateAction = (typeof MANDATE_ACTIONS)[number];

/** move → state before → state after. What is missing cannot be done. */
export const TRANSITIONS: Readonly<Record<Move, Partial<Record<MandateState, MandateState>>>> = {
  submitted: { draft: 'submitted', returned: 'submitted' },
  'bank-validated': { submitted: 'bank-validated' },
  'bank-refused': { submitted: 'bank-refused' },
  accepted: { 'bank-validated': 'accepted' },
  rejected: { 'bank-validated': 'rejected' },
  returned: { 'bank-validated': 'returned' },
  suspended: { accepted: 'suspended', suspended: 'suspended' },
  resumed: { suspended: 'accepted' },
  cancelled: {
    draft: 'cancelled',
    submitted: 'cancelled',
    'bank-validated': 'cancelled',
    returned: 'cancelled',
    accepted: 'cancelled',
    suspended: 'cancelled',
  },
  expired: { accepted: 'expired', suspended: 'expired' },
};

/** Where its content may be changed. */
export const CHANGEABLE: readonly MandateState[] = ['draft', 'returned'];
/** Where the signed form may still come: before the agency has decided. */
export const UNDECIDED: readonly MandateState[] = ['draft', 'submitted', 'bank-validated', 'returned'];
