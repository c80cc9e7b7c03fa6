// Ids and receipt numbers in the form that showId and showReceipt give, written as bytes into a buffer: for whoever
// writes millions of them, to whom a string of each would cost more than all else.

import { CROCKFORD } from './crockford.ts';
import type { IdPrefix } from './ids.ts';
import { timesX } from './receipt-number.ts';

const UPPER = Buffer.from(CROCKFORD);
const LOWER = Buffer.from(CROCKFORD.toLowerCase());
const HYPHEN = 45;
const UNDERSCORE = 95;

/** No id and no receipt number is longer. */
export const LONGEST_SHOWN = 30;

/** `pay_…` of the 16 bytes of a uuid that begin at `from`; where it ends in `out`. */
export function putId(
  out: Uint8Array,
  at: number,
  prefix: IdPrefix,
  bytes: Uint8Array,
  from: number,
): number {
  let to = at;
  for (let i = 0; i < prefix.length; i++) out[to++] = prefix.charCodeAt(i);
  out[to++] = UNDERSCORE;
  // 26 characters of five bits are two bits more than a uuid has: they stand in front.
  let bits = 0;
  let count = 2;
  for (let i = from; i < from + 16; i++) {
    bits = ((bits & 31) << 8) | (bytes[i] ?? 0);
    for (count += 8; count >= 5;) {
      count -= 5;
      out[to++] = LOWER[(bits >>> count) & 31] ?? 0;
    }
  }
  return to;
}

/**
 * The printed receipt number of its upper and its lower 30 bits; where it ends in `out`. `billerId`: 16 bits. Refuses
 * (RangeError) more than 60 bits.
 */
export function putReceipt(out: Uint8Array, at: number, billerId: number, high: number, low: number): number {
  if (high < 0 || high >= 2 ** 30) throw new RangeError('a receipt number has 60 bits');
  let to = at;
  let sum = 1;
  const length = billerId < 1 << 10 ? 2 : billerId < 1 << 15 ? 3 : 4;
  for (let shift = 5 * (length - 1); shift >= 0; shift -= 5) {
    const value = (billerId >>> shift) & 31;
    sum = timesX(sum) ^ value;
    out[to++] = UPPER[value] ?? 0;
  }
  for (let i = 0; i < 12; i++) {
    if (i % 4 === 0) out[to++] = HYPHEN;
    const value = i < 6 ? (high >>> (25 - 5 * i)) & 31 : (low >>> (55 - 5 * i)) & 31;
    sum = timesX(sum) ^ value;
    out[to++] = UPPER[value] ?? 0;
  }
  out[to++] = HYPHEN;
  out[to++] = UPPER[timesX(sum)] ?? 0;
  return to;
}
