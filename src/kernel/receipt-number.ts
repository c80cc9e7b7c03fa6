// Receipt numbers: `2F-7Q2M-X9ZT-C4WH-J` = biller number, day (10 bits), 50 random bits, check character, in Crockford
// base32. Kept as int8 beside the biller; the day in front keeps the numbers of a day together in their index. The check stays inside the same 32 characters, so that reading O as 0 or I as 1
// can never change it; ISO 7064 MOD 37,36 would not, and lets one exchange of neighbours in 630 pass unseen.

import { CROCKFORD, crockfordValue } from './crockford.ts';
import { randomWord } from './random-word.ts';
import type { RandomWord } from './random-word.ts';

const RANDOM_CHARACTERS = 12;
const LARGEST_BILLER_CHARACTERS = 4;
const LONGEST_TYPED = 64;
const LOW_30 = (1n << 30n) - 1n;
const SEPARATORS = /[\s\u2010-\u2015-]+/g;

export interface ReceiptNumber {
  billerId: number;
  receiptNo: bigint;
}

const DAY_MS = 86_400_000;

/**
 * The day of `atMs` (Unix milliseconds) modulo 1024, then 50 random bits: from 0 to 2^60 - 1. Wholly random numbers
 * made every payment write another page of an index of millions (payments were a fifth slower at ten million).
 */
export function newReceiptNo(atMs: number, random: RandomWord = randomWord): bigint {
  const day = Math.floor(atMs / DAY_MS) & 1023;
  return (BigInt((day << 20) | (random() >>> 12)) << 30n) | BigInt(random() >>> 2);
}

/** The printed form. Refuses (RangeError) a biller number beyond 16 bits or a receipt number beyond 60. */
export function showReceipt(billerId: number, receiptNo: bigint): string {
  if (!Number.isInteger(billerId) || billerId < 0 || billerId > 0xffff) {
    throw new RangeError(`no biller number ${billerId}`);
  }
  if (receiptNo < 0n || receiptNo >= 1n << 60n) throw new RangeError('a receipt number has 60 bits');
  const biller = encode(billerId, billerId < 1 << 10 ? 2 : billerId < 1 << 15 ? 3 : 4);
  const half = RANDOM_CHARACTERS / 2;
  const random = encode(Number(receiptNo >> 30n), half) + encode(Number(receiptNo & LOW_30), half);
  const check = checkCharacter(biller + random);
  return [biller, random.slice(0, 4), random.slice(4, 8), random.slice(8), check].join('-');
}

/**
 * What a person typed: any case, any spaces and hyphens, O for 0, I or L for 1. Undefined when the check fails, as
 * it does for every single wrong character and every two characters that changed places.
 */
export function parseReceipt(text: string): ReceiptNumber | undefined {
  if (text.length > LONGEST_TYPED) return undefined;
  const typed = text.replace(SEPARATORS, '');
  const billerCharacters = typed.length - RANDOM_CHARACTERS - 1;
  if (billerCharacters < 2 || billerCharacters > LARGEST_BILLER_CHARACTERS) return undefined;
  if (remainder(typed) !== 0) return undefined;
  const billerId = Number(decode(typed.slice(0, billerCharacters)));
  const padded = billerCharacters > 2 && crockfordValue(typed.charCodeAt(0)) === 0;
  if (padded || billerId > 0xffff) return undefined;
  return { billerId, receiptNo: decode(typed.slice(billerCharacters, -1)) };
}

/** The check character of a text of the alphabet. */
export function checkCharacter(text: string): string {
  return CROCKFORD[timesX(remainder(text))] ?? '';
}

/** A text that ends in its check character. */
export function isChecked(text: string): boolean {
  return remainder(text) === 0;
}

/** As people type: any case, any spaces and hyphens; of the alphabet alone, O being 0, I and L being 1. */
export function readTyped(text: string): string {
  return [...text.replace(SEPARATORS, '')]
    .map((character) => CROCKFORD[crockfordValue(character.charCodeAt(0))] ?? '?')
    .join('');
}

/**
 * The characters as a polynomial over GF(32), evaluated at x by Horner's rule, starting from 1 so that zeros in
 * front count; 0 for a number with its right check, -1 for a character outside the alphabet. This is the
 * Reed-Solomon code with one check symbol (Reed and Solomon, 1960) in the field of BIP-173, x^5 + x^3 + 1: powers
 * of x up to the 30th differ from each other, which is why wrong and exchanged characters show.
 */
function remainder(text: string): number {
  let sum = 1;
  for (let at = 0; at < text.length; at++) {
    const value = crockfordValue(text.charCodeAt(at));
    if (value < 0) return -1;
    sum = timesX(sum) ^ value;
  }
  return sum;
}

/** In the field of `remainder`. */
export function timesX(element: number): number {
  const shifted = element << 1;
  return shifted & 32 ? shifted ^ 0b101001 : shifted;
}

/** At most 30 bits: arithmetic on small numbers, since a receipt is shown with every payment. */
function encode(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>>= 5) text = CROCKFORD[rest & 31] + text;
  return text;
}

function decode(text: string): bigint {
  let value = 0n;
  for (let at = 0; at < text.length; at++)
    value = (value << 5n) | BigInt(crockfordValue(text.charCodeAt(at)));
  return value;
}
