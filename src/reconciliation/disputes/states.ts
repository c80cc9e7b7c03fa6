// The life of a dispute as a table: what can be done in which state, and what comes of it. A decision is asked for by one
// person and approved by another; until then the state stays.

export const DISPUTE_STATES = ['opened', 'under-review', 'upheld', 'refused', 'closed', 'withdrawn'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const DISPUTE_ACTIONS = [
  'opened',
  'reviewed',
  'commented',
  'attached',
  'asked',
  'declined',
  'upheld',
  'refused',
  'closed',
  'withdrawn',
] as const;
export type DisputeAction = (typeof DISPUTE_ACTIONS)[number];

/** action → state before → state after. What is missing cannot be done. */
export const TRANSITIONS: Readonly<
  Record<Exclude<DisputeAction, 'opened' | 'declined'>, Partial<Record<DisputeState, DisputeState>>>
> = {
  reviewed: { opened: 'under-review' },
  commented: { opened: 'opened', 'under-review': 'under-review', upheld: 'upheld', refused: 'refused' },
  attached: { opened: 'opened', 'under-review': 'under-review' },
  asked: { opened: 'opened', 'under-review': 'under-review' },
  upheld: { opened: 'upheld', 'under-review': 'upheld' },
  refused: { opened: 'refused', 'under-review': 'refused' },
  closed: { upheld: 'closed', refused: 'closed' },
  withdrawn: { opened: 'withdrawn', 'under-review': 'withdrawn' },
};

export const ENDED: readonly DisputeState[] = ['closed', 'withdrawn'];
/** Where it waits for a decision. */
export const UNDECIDED: readonly DisputeState[] = ['opened', 'under-review'];
