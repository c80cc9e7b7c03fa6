// The twelve sites of the told builder: their numbers, their bills, and what they owe.

import { formatMinor } from '../../kernel/money.ts';

export const SITES = 12;
/** Of all sites together. */
export const TOTAL = '702300.00';
/** With the five percent of what is paid late. */
export const LATE_TOTAL = '737415.00';

/** Of one site, each another; late: with five percent more. */
export function amountOf(at: number, isLate = false): string {
  const minor = BigInt(4_120_000 + 315_000 * at);
  return formatMinor(isLate ? (minor * 105n) / 100n : minor, 'DZD');
}

export function payerOf(run: string, at: number): string {
  return `CH-${run}-${String(at + 1).padStart(2, '0')}`;
}

export function billOf(run: string, nth: number, at: number): string {
  return `CACO-${run}-${nth}-${String(at + 1).padStart(2, '0')}`;
}
