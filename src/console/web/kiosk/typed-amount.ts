// An amount as somebody types it: `20`, `20.5`, `20.500`.

import { exponentOf } from '../../../kernel/currencies.ts';
import { parseMinor, type MoneyText } from '../../../kernel/money.ts';

/** With the currency's own decimals; undefined for what is no amount of it. */
export function typedAmount(typed: string, currency: string): MoneyText | undefined {
  const [whole = '', fraction = '', ...more] = typed.split('.');
  const exponent = exponentOf(currency) ?? 0;
  if (more.length > 0 || fraction.length > exponent) return undefined;
  const units = whole.replace(/^0+(?=\d)/, '');
  const value = exponent === 0 ? units : `${units}.${fraction.padEnd(exponent, '0')}`;
  return (parseMinor(value, currency) ?? 0n) > 0n ? { value, currency } : undefined;
}
