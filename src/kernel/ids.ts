// Ids: 48 bits of Unix milliseconds, 16 bits of biller number, 64 random bits. PostgreSQL keeps them as `uuid`;
// outside they are `pay_` + 26 characters of lower-case Crockford base32, which sort by time as the uuids do.
// The biller inside tells a lookup where to go (0 where no biller is concerned). Order is by millisecond only.

import { CROCKFORD, crockfordValue } from './crockford.ts';
import { randomWord } from './random-word.ts';

export { newReceiptNo, parseReceipt, showReceipt } from './receipt-number.ts';

/** The uuid text form, lower case, with hyphens. The version and variant bits of RFC 9562 are not set. */
export type Uuid = string;

/** What an id names: the word before the underscore. */
export type IdPrefix =
  | 'pay'
  | 'rev'
  | 'rej'
  | 'evt'
  | 'bfl'
  | 'stl'
  | 'rmt'
  | 'ord'
  | 'ans'
  | 'stm'
  | 'sfl'
  | 'cdf'
  | 'brk'
  | 'dsp'
  | 'cse'
  | 'crd'
  | 'mnd'
  | 'dbt'
  | 'apr'
  | 'att'
  | 'ses';

const LARGEST_BILLER_ID = 0xffff;
const LARGEST_MS = 2 ** 48 - 1;

/** A fresh id dated `atMs` (Unix milliseconds). Refuses (RangeError) what does not fit its bits. */
export function newId(atMs: number, billerId: number): Uuid {
  if (!Number.isInteger(atMs) || atMs < 0 || atMs > LARGEST_MS) throw new RangeError(`no id at ${atMs} ms`);
  if (!Number.isInteger(billerId) || billerId < 0 || billerId > LARGEST_BILLER_ID) {
    throw new RangeError(`no biller number ${billerId}`);
  }
  const low = atMs % 2 ** 32;
  const [one, two] = [randomWord(), randomWord()];
  const time = `${hex4(Math.floor(atMs / 2 ** 32))}${hex4(low >>> 16)}-${hex4(low & 0xffff)}`;
  return `${time}-${hex4(billerId)}-${hex4(one >>> 16)}-${hex4(one & 0xffff)}${hex4(two >>> 16)}${hex4(two & 0xffff)}`;
}

/** The biller number inside an id. */
export function billerOf(id: Uuid): number {
  return Number.parseInt(id.slice(14, 18), 16);
}

/** The millisecond inside an id: of a payment, when it was accepted. */
export function instantOf(id: Uuid): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The id as the world sees it, for example `pay_01jd8…`. */
export function showId(prefix: IdPrefix, id: Uuid): string {
  const digits = id.replaceAll('-', '');
  let text = pair(Number.parseInt(digits.slice(0, 2), 16));
  for (let at = 2; at < digits.length; at += 5) {
    const bits = Number.parseInt(digits.slice(at, at + 5), 16);
    text += pair(bits >>> 10) + pair(bits & 1023);
  }
  return `${prefix}_${text}`;
}

const SHOWN = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** The uuid of an id that we showed; undefined for another prefix or any other spelling: one id, one text. */
export function parseId(prefix: IdPrefix, text: string): Uuid | undefined {
  const code = text.slice(prefix.length + 1);
  if (!text.startsWith(prefix) || text[prefix.length] !== '_' || !SHOWN.test(code)) return undefined;
  let digits = hex(bitsAt(code, 0, 2), 2);
  for (let at = 2; at < code.length; at += 4) digits += hex(bitsAt(code, at, at + 4), 5);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}

const alphabet = [...CROCKFORD.toLowerCase()];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

// Looked up rather than formatted: ids are made for every row of a payment, this is five times as fast.
const hexOf16Bits = Array.from({ length: 0x10000 }, (_, value) => hex(value, 4));

function hex4(sixteenBits: number): string {
  return hexOf16Bits[sixteenBits] ?? '';
}

function pair(tenBits: number): string {
  return pairs[tenBits] ?? '';
}

function bitsAt(code: string, from: number, to: number): number {
  let bits = 0;
  for (let at = from; at < to; at++) bits = bits * 32 + crockfordValue(code.charCodeAt(at));
  return bits;
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}
