// The life of a request as a table: what can be done in which state, and what comes of it. Acceptance stays open
// until the last step.

export type ApprovalState = 'open' | 'returned' | 'accepted' | 'rejected' | 'withdrawn';

export type ApprovalAction =
  'asked' | 'accepted' | 'rejected' | 'returned' | 'changed' | 'withdrawn' | 'commented' | 'attached';

/** action → state before → state after. What is missing cannot be done. */
export const TRANSITIONS: Readonly<
  Record<
    Exclude<ApprovalAction, 'asked'>,
    Partial<Record<ApprovalState, ApprovalState | 'next-step-or-accepted'>>
  >
> = {
  accepted: { open: 'next-step-or-accepted' },
  rejected: { open: 'rejected' },
  returned: { open: 'returned' },
  changed: { returned: 'open' },
  withdrawn: { open: 'withdrawn', returned: 'withdrawn' },
  commented: { open: 'open', returned: 'returned' },
  attached: { open: 'open', returned: 'returned' },
};
