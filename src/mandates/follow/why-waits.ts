// The words for why a debit does not come to its bank, or has no answer from it.

import { WHY_NOT_SENT } from '../sending/index.ts';

/** `no-answer`: its bank has had it too long. */
export const WHY_WAITS = [...WHY_NOT_SENT, 'no-answer'] as const;
export type WhyWaits = (typeof WHY_WAITS)[number];
