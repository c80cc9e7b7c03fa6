// Values as bytes of a line, each put at a place of a buffer and answered with where it ends there. Written by hand,
// digit by digit: a day has tens of millions of them.

/** How a text is put; `length` -1: null. */
export type PutText = (out: Buffer, at: number, text: Buffer, from: number, length: number) => number;

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const APOSTROPHE = 39;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const LETTER_T = 84;

/** As it is. */
export const putPlain: PutText = (out, at, text, from, length) => {
  for (let i = 0; i < length; i++) out[at + i] = text[from + i] ?? 0;
  return at + Math.max(0, length);
};

/**
 * As a field of CSV (RFC 4180): quoted where it must be, an empty text too, which a null is not. Before what a
 * spreadsheet would read as a formula stands an apostrophe (OWASP, CSV injection).
 */
export const putCsv: PutText = (out, at, text, from, length) => {
  if (length < 0) return at;
  let to = at;
  if (isFormula(text, from, length)) out[to++] = APOSTROPHE;
  for (let i = from; i < from + length; i++) {
    const byte = text[i] ?? 0;
    if (byte === COMMA || byte === QUOTE || byte === LINE_FEED || byte === RETURN)
      return putQuoted(out, at, text, from, length);
    out[to++] = byte;
  }
  return length === 0 ? putQuoted(out, at, text, from, length) : to;
};

function putQuoted(out: Buffer, at: number, text: Buffer, from: number, length: number): number {
  let to = at;
  out[to++] = QUOTE;
  if (isFormula(text, from, length)) out[to++] = APOSTROPHE;
  for (let i = from; i < from + length; i++) {
    const byte = text[i] ?? 0;
    if (byte === QUOTE) out[to++] = QUOTE;
    out[to++] = byte;
  }
  out[to++] = QUOTE;
  return to;
}

/** Tab, carriage return, +, -, =, @; the last four in full width are three bytes each. */
const SIGNS = [9, 13, 43, 45, 61, 64];
const FULL_WIDTH_SIGNS = [0x8b, 0x8d, 0x9d, 0xa0];
const BEGINS_FORMULA = Uint8Array.from({ length: 256 }, (_, byte) => (SIGNS.includes(byte) ? 1 : 0));

function isFormula(text: Buffer, from: number, length: number): boolean {
  if (length < 1) return false;
  const first = text[from] ?? 0;
  if (first !== 0xef) return BEGINS_FORMULA[first] === 1;
  return length >= 3 && text[from + 1] === 0xbc && FULL_WIDTH_SIGNS.includes(text[from + 2] ?? 0);
}

/** Minor units as a decimal with `scale` decimals. */
export function putAmount(out: Buffer, at: number, minor: number, scale: number): number {
  let to = at;
  if (minor < 0) out[to++] = MINUS;
  const end = putWhole(out, to, Math.abs(minor), scale + 1);
  if (scale === 0) return end;
  const point = end - scale;
  for (let i = end; i > point; i--) out[i] = out[i - 1] ?? 0;
  out[point] = POINT;
  return end + 1;
}

const NINE_DIGITS = 1_000_000_000;

/** With zeros in front where it has less than `least` digits. */
function putWhole(out: Buffer, at: number, value: number, least: number): number {
  if (value >= NINE_DIGITS) {
    const high = Math.floor(value / NINE_DIGITS);
    return putDigits(out, putWhole(out, at, high, 1), value - high * NINE_DIGITS, 9);
  }
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return putDigits(out, at, value, digits < least ? least : digits);
}

/** At most nine: small integers, whose division costs little. */
function putDigits(out: Buffer, at: number, value: number, digits: number): number {
  let rest = value | 0;
  for (let to = at + digits - 1; to >= at; to--) {
    const tenth = (rest / 10) | 0;
    out[to] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
  return at + digits;
}

const MICROSECONDS = 1_000_000;
/** Days from 0000-03-01 to 2000-01-01, where PostgreSQL's count begins. */
const TO_2000 = 730_425;

/** RFC 3339 to the second of an instant and its local time, both in microseconds since 2000-01-01 00:00. */
export function putInstant(out: Buffer, at: number, instant: number, local: number): number {
  const seconds = Math.floor(local / MICROSECONDS);
  const day = Math.floor(seconds / 86_400);
  const ofDay = (seconds - 86_400 * day) | 0;
  let to = putDate(out, at, day);
  out[to++] = LETTER_T;
  to = putDigits(out, to, (ofDay / 3600) | 0, 2);
  out[to++] = COLON;
  to = putDigits(out, to, ((ofDay / 60) | 0) % 60, 2);
  out[to++] = COLON;
  to = putDigits(out, to, ofDay % 60, 2);
  const offset = ((local - instant) / (60 * MICROSECONDS)) | 0;
  const minutes = Math.abs(offset);
  out[to++] = offset < 0 ? MINUS : PLUS;
  to = putDigits(out, to, (minutes / 60) | 0, 2);
  out[to++] = COLON;
  return putDigits(out, to, minutes % 60, 2);
}

/**
 * A day counted from 2000-01-01 in the calendar, for years from 0 on (Hinnant, days_from_civil: years begin in March,
 * four hundred of them are an era).
 */
function putDate(out: Buffer, at: number, day: number): number {
  const days = (day + TO_2000) | 0;
  const era = (days / 146_097) | 0;
  const ofEra = days - 146_097 * era;
  const leaps = ((ofEra / 1460) | 0) - ((ofEra / 36_524) | 0) + ((ofEra / 146_096) | 0);
  const yearOfEra = ((ofEra - leaps) / 365) | 0;
  const ofYear = ofEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const sinceMarch = ((5 * ofYear + 2) / 153) | 0;
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
  let to = putDigits(out, at, yearOfEra + 400 * era + (month <= 2 ? 1 : 0), 4);
  out[to++] = MINUS;
  to = putDigits(out, to, month, 2);
  out[to++] = MINUS;
  return putDigits(out, to, ofYear - (((153 * sinceMarch + 2) / 5) | 0) + 1, 2);
}
