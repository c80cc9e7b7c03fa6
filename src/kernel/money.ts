// Money: whole minor units as bigint beside an ISO 4217 currency. Outside Wasit it is a decimal string with
// exactly the currency's own scale (OMR 3, DZD 2, JPY 0); a float never appears. Mixing currencies throws.

import { exponentOf } from './currencies.ts';

export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** The form money has in requests and answers (api.md, Conventions). */
export interface MoneyText {
  value: string;
  currency: string;
}

/** Largest amount Wasit takes in one place: 10^15 minor units, so that sums of millions stay inside int8. */
export const LARGEST_MINOR = 10n ** 15n;

/** Minor units of one payment, all its bills and the held fee together: 900,000 such payments fit into one balance. */
export const LARGEST_PAYMENT = 10n ** 13n;

export function money(minor: bigint, currency: string): Money {
  return { minor, currency };
}

/** Minor units of a decimal string, or undefined when the string has not exactly the currency's scale. */
export function parseMinor(value: string, currency: string): bigint | undefined {
  const exponent = exponentOf(currency);
  if (exponent === undefined) return undefined;
  const point = value.indexOf('.');
  const fraction = point < 0 ? '' : value.slice(point + 1);
  const whole = point < 0 ? value : value.slice(0, point);
  if (fraction.length !== exponent || (point >= 0 && exponent === 0)) return undefined;
  if (!/^(0|[1-9][0-9]{0,14})$/.test(whole) || !/^[0-9]*$/.test(fraction)) return undefined;
  const minor = BigInt(whole + fraction);
  return minor > LARGEST_MINOR ? undefined : minor;
}

/** Decimal string with exactly the currency's scale; negative amounts keep their sign. */
export function formatMinor(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  if (exponent === undefined) throw new Error(`unknown currency ${currency}`);
  if (exponent === 0) return minor.toString();
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const text = `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return negative ? `-${text}` : text;
}

export function toText(amount: Money): MoneyText {
  return { value: formatMinor(amount.minor, amount.currency), currency: amount.currency };
}

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${b.currency} to ${a.currency}`);
  return money(a.minor + b.minor, a.currency);
}
