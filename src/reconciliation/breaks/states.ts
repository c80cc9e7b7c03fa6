// The life of a break as a table: what can be done to it in which state. `asked` and `resolved` go on after the end where
// something lies in suspense by an earlier resolution.

export const BREAK_STATES = ['open', 'resolved', 'gone'] as const;
export type BreakState = (typeof BREAK_STATES)[number];

export const BREAK_ACTIONS = [
  'opened',
  'changed',
  'assigned',
  'commented',
  'asked',
  'declined',
  'resolved',
  'gone',
  'reopened',
] as const;
export type BreakAction = (typeof BREAK_ACTIONS)[number];

/** What a person does → states in which he may. */
export const ALLOWED: Readonly<
  Record<'assigned' | 'commented' | 'asked' | 'resolved', readonly BreakState[]>
> = {
  assigned: ['open'],
  commented: ['open', 'resolved', 'gone'],
  asked: ['open', 'resolved'],
  resolved: ['open', 'resolved'],
};
