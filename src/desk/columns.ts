// How a trace lays out what it tells: names on the left, what they say on the right, money with its currency.

import type { MoneyText } from '../kernel/money.ts';

export function show({ value, currency }: MoneyText): string {
  return `${value} ${currency}`;
}

export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}
