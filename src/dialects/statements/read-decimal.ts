// Amounts of banks, which write decimals as they like: `6800,` `0,01` `8.850000` `1`. Digits become minor units without a
// float between; more decimals than the currency has are refused unless they are zeros.

import { exponentOf } from '../../kernel/currencies.ts';

/** Balances may be larger than what one payment may be; the books count in int8. */
const LARGEST = 10n ** 17n;
const FORMS = {
  '.': /^(\d{1,40})(?:\.(\d{0,40}))?$/,
  ',': /^(\d{1,40})(?:,(\d{0,40}))?$/,
} as const;

/**
 * Minor units of `text`, unsigned, with `sign` before its decimals; or why not, in words. One sign at a time: read as a point,
 * the comma of thousands would make an amount a thousand times too small, and the sums would hold all the same.
 */
export function readDecimal(text: string, currency: string, sign: keyof typeof FORMS): bigint | string {
  const exponent = exponentOf(currency);
  if (exponent === undefined) return `${shown(currency)} is no currency of ISO 4217`;
  const parts = FORMS[sign].exec(text);
  if (parts === null) return `${shown(text)} is no amount`;
  const [, whole = '', decimals = ''] = parts;
  if (/[1-9]/.test(decimals.slice(exponent)))
    return `${shown(text)} has more decimals than ${currency} has (${exponent})`;
  const minor = BigInt(whole + decimals.slice(0, exponent).padEnd(exponent, '0'));
  return minor > LARGEST ? `${shown(text)} is larger than any amount` : minor;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
