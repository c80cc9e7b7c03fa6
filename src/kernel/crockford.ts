// Crockford's base32 (crockford.com/base32.html): digits and letters without I, L, O, U. Shared by ids (lower case,
// read strictly) and receipt numbers (upper case, read as people type them).

export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const values = new Int8Array(128).fill(-1);
for (let value = 0; value < CROCKFORD.length; value++) {
  values[CROCKFORD.charCodeAt(value)] = value;
  values[CROCKFORD.toLowerCase().charCodeAt(value)] = value;
}
for (const typed of 'Oo') values[typed.charCodeAt(0)] = 0;
for (const typed of 'IiLl') values[typed.charCodeAt(0)] = 1;

/** 0 to 31, taking O for 0 and I, L for 1 in either case; -1 for a character outside the alphabet. */
export function crockfordValue(charCode: number): number {
  return values[charCode] ?? -1;
}
