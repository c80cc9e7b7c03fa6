// What all messages of ours say alike: ids, dates, instants, amounts and sums. Amounts are written from minor units with
// the currency's own scale.

import { formatMinor, type Money } from '../../kernel/money.ts';
import { codeElement, element } from './element.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,34}$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Max35Text, of characters that every bank takes. */
export function idElement(name: string, id: string): string {
  return codeElement(name, id, ID);
}

export function dateElement(name: string, date: string): string {
  return codeElement(name, date, DATE);
}

/** To the second, in UTC. */
export function instantElement(name: string, at: Date): string {
  return element(name, [at.toISOString().replace(/\.[0-9]{3}Z$/, 'Z')]);
}

export function amountElement(name: string, { minor, currency }: Money): string {
  return `<${name} Ccy="${currency}">${amountText(minor, currency)}</${name}>`;
}

/** Number and sum of what is to be paid: of one currency, each more than zero, else RangeError. */
export function sumElements(amounts: readonly Money[]): string[] {
  const currency = amounts[0]?.currency ?? '';
  let total = 0n;
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new RangeError('an order is in one currency');
    if (amount.minor <= 0n) throw new RangeError('a transfer is more than zero');
    total += amount.minor;
  }
  return [element('NbOfTxs', [String(amounts.length)]), element('CtrlSum', [amountText(total, currency)])];
}

/** The schema takes 18 digits; the largest amounts of Wasit stay below. */
function amountText(minor: bigint, currency: string): string {
  const value = formatMinor(minor, currency);
  if (value.replace('.', '').length > 18)
    throw new RangeError(`${value} has more digits than an order can carry`);
  return value;
}
