// The life of a debit as a table. What it comes to is an event `debit.<state>` of the agency's feed, but `planned` and `built`,
// which nobody outside has to act upon; that it is announced to the payer is `debit.announced`.

export const DEBIT_STATES = [
  'planned',
  'held',
  'built',
  'sent',
  'collected',
  'failed',
  'returned',
  'dropped',
] as const;
export type DebitState = (typeof DEBIT_STATES)[number];

/** From where it may go where. What is missing cannot happen. */
export const MOVES: Readonly<Record<DebitState, readonly DebitState[]>> = {
  planned: ['held', 'built', 'dropped'],
  // Persons let it go on, or not.
  held: ['planned', 'dropped'],
  // Back to planned or dropped only while no bank can have it. An answer may be there before it is noted as sent.
  built: ['planned', 'dropped', 'sent', 'collected', 'failed'],
  sent: ['collected', 'failed'],
  collected: ['returned'],
  failed: [],
  returned: [],
  dropped: [],
};

/** Its bills are in no other debit meanwhile. */
export const LIVE: readonly DebitState[] = ['planned', 'held', 'built', 'sent'];
/** It can still be left alone: no bank has seen it. */
export const UNSENT: readonly DebitState[] = ['planned', 'held'];
/** Counts against the ceiling of its month. */
export const COUNTED: readonly DebitState[] = ['planned', 'built', 'sent', 'collected'];
/** Of these the agency is told. */
export const TOLD: readonly DebitState[] = ['held', 'sent', 'collected', 'failed', 'returned', 'dropped'];
