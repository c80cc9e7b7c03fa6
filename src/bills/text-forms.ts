// The forms of every text that a bill carries, in one place: the JSON schemas publish the patterns, CSV lines are
// tested against the compiled ones, so a bill is the same whichever way it comes in.

import { isBusinessDate } from '../kernel/business-date.ts';
import { CODE } from '../kernel/code-form.ts';

export { CODE };

/** Fits a URL path segment as it is; the first character keeps spreadsheets from reading it as a formula. */
export const BILL_NUMBER = '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$';
/**
 * One line of any language: no control characters (they would break receipts and files), no broken surrogates, and no
 * embeddings, overrides and isolates of direction (Unicode UAX #9), which make the text around them read as something
 * else. The marks U+200E, U+200F and U+061C cannot, and stand in ordinary Arabic text.
 */
export const ONE_LINE = '^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]*$';
/** Digits with a decimal point, never a sign or an exponent; the currency decides how many decimals. */
export const DECIMAL = '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$';
/** At most six decimals (kernel/rounding.ts). */
export const PERCENT = '^(0|[1-9][0-9]{0,3})(\\.[0-9]{1,6})?$';
/** E.164. */
export const MOBILE = '^\\+[1-9][0-9]{6,14}$';
export const REFERENCE = '^[A-Za-z0-9._:-]{1,64}$';
/** 9999-12-31 is how some systems write "never"; how early a date may be read-bill-body.ts says. */
export const DATE = '^(19|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';

export const CURRENCY = '^[A-Z]{3}$';

/** Each form in words, for those who sent another. */
export const CODE_WORDS = 'must be 1 to 64 of A-Z a-z 0-9 . _ : / - and begin with a letter or digit';
export const BILL_NUMBER_WORDS = 'must be 1 to 64 of A-Z a-z 0-9 . _ : - and begin with a letter or digit';
export const DATE_WORDS = 'must be a date, YYYY-MM-DD, of the years 2000 to 9999';
export const CURRENCY_WORDS = 'must be three capital letters (ISO 4217)';
const WORDS: ReadonlyMap<string, string> = new Map([
  [BILL_NUMBER, BILL_NUMBER_WORDS],
  [CODE, CODE_WORDS],
  [DATE, DATE_WORDS],
  [CURRENCY, CURRENCY_WORDS],
  [
    DECIMAL,
    'must be a decimal string of digits with a point, such as 125.500, without a sign or an exponent',
  ],
  [PERCENT, 'must be a decimal string of at most six decimals, such as 2.5'],
  [MOBILE, 'must be a number with its country, such as +96824123456'],
]);

/** What a text of this pattern must be, in words; `longest` counts for lines of text. */
export function formWords(pattern: string, longest: number): string | undefined {
  return pattern === ONE_LINE ? lineWords(longest) : WORDS.get(pattern);
}

export function lineWords(longest: number): string {
  return `must be 1 to ${longest} characters without control characters, those of text direction included`;
}

export const LONGEST_NAME = 200;
export const LONGEST_DESCRIPTION = 500;

const billNumber = new RegExp(BILL_NUMBER);
const code = new RegExp(CODE);
const oneLine = new RegExp(ONE_LINE, 'u');
// Most texts are Latin, Arabic or digits: one cheap test spares them the Unicode properties.
const plainLine = /^[ -~\u00a0-\u2027\u2030-\u2065\u206a-\ud7ff]*$/;
const date = new RegExp(DATE);

export function isBillNumber(text: string): boolean {
  return billNumber.test(text);
}

export function isCodeText(text: string): boolean {
  return code.test(text);
}

/** 1 to `longest` characters (code points) on one line. */
export function isLine(text: string, longest: number): boolean {
  if (text === '' || (text.length > longest && [...text].length > longest)) return false;
  return plainLine.test(text) || oneLine.test(text);
}

/** A day that exists, in the years 1900 to 9999. */
export function isDay(text: string): boolean {
  return date.test(text) && isBusinessDate(text);
}
