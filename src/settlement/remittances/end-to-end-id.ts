// The end-to-end id of a remittance: `W`, 14 of 0-9 A-Z, the digit of the attempt (rules.md, "Close and settlement").
// The 14 follow from the batch and the unit alone, so that planning the same again cannot give another, and all
// attempts of one remittance are seen to be one.

import { createHash } from 'node:crypto';
import { CROCKFORD } from '../../kernel/crockford.ts';
import type { Uuid } from '../../kernel/ids.ts';

const CHARACTERS = 14;
export const LAST_ATTEMPT = 9;

/** 70 bits of a SHA-256 over batch and unit. Refuses (RangeError) an attempt beyond 0 to 9. */
export function endToEndId(settlementId: Uuid, unit: string, attempt: number): string {
  if (!Number.isInteger(attempt) || attempt < 0 || attempt > LAST_ATTEMPT)
    throw new RangeError(`no attempt ${attempt}`);
  const digest = createHash('sha256').update(`${settlementId} ${unit}`).digest();
  const text = [...digest.subarray(0, CHARACTERS)].map((byte) => CROCKFORD[byte & 31]).join('');
  return `W${text}${attempt}`;
}
