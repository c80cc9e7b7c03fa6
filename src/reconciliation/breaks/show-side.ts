// What either side of a break says, as persons see it: ids with their prefix, codes instead of numbers, money as text. The
// rows stay as they were found, for resolutions read them; so what was found long ago is shown alike.

import type { Json } from '../../kernel/errors.ts';
import { showId, type IdPrefix } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';

/** What numbers stand for, by number. */
export interface SideNames {
  readonly billers: ReadonlyMap<number, string>;
  readonly channels: ReadonlyMap<number, string>;
  readonly accounts: ReadonlyMap<number, string>;
  /** Of remittances by their id, of orders by theirs: they need not be in the currency of the break. */
  readonly currencies: ReadonlyMap<string, string>;
}

const IDS: ReadonlyMap<string, IdPrefix> = new Map([
  ['statementId', 'stm'],
  ['remittanceId', 'rmt'],
  ['paymentId', 'pay'],
  ['breakId', 'brk'],
  ['debitId', 'dbt'],
]);
/** Named by number; what the code is called instead. */
const NUMBERS: ReadonlyMap<string, readonly [keyof Omit<SideNames, 'currencies'>, string]> = new Map([
  ['billerId', ['billers', 'billerCode']],
  ['channelId', ['channels', 'channelCode']],
  ['accountId', ['accounts', 'account']],
]);
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MINOR = /^(\w+)Minor$|^minor$/;

/** `currency`: of amounts of which nothing else says theirs. */
export function showSide(side: Json, currency: string, names: SideNames): Json {
  if (typeof side !== 'object' || side === null) return side;
  if (isList(side)) return side.map((each) => showSide(each, currency, names));
  const own = [side['remittanceId'], side['order']]
    .map((name) => (typeof name === 'string' ? names.currencies.get(name) : undefined))
    .find((found) => found !== undefined);
  return Object.fromEntries(
    Object.entries(side).map(([name, value]) => shownField(name, value, own ?? currency, names)),
  );
}

function shownField(name: string, value: Json, currency: string, names: SideNames): [string, Json] {
  const prefix = IDS.get(name);
  if (prefix !== undefined && typeof value === 'string' && UUID.test(value))
    return [name, showId(prefix, value)];
  const number = NUMBERS.get(name);
  if (number !== undefined && (typeof value === 'number' || value === null))
    return [number[1], value === null ? null : (names[number[0]].get(value) ?? null)];
  const amount = MINOR.exec(name);
  if (amount !== null && typeof value === 'string' && /^-?\d+$/.test(value))
    return [amount[1] ?? 'amount', { value: formatMinor(BigInt(value), currency), currency }];
  return [name, showSide(value, currency, names)];
}

function isList(side: Json): side is readonly Json[] {
  return Array.isArray(side);
}

/** Values of these fields anywhere in `sides`. */
export function valuesOf(sides: readonly Json[], ...fields: readonly string[]): Json[] {
  return sides.flatMap((side) => {
    if (typeof side !== 'object' || side === null) return [];
    if (isList(side)) return valuesOf(side, ...fields);
    return Object.entries(side).flatMap(([name, value]) =>
      fields.includes(name) ? [value] : valuesOf([value], ...fields),
    );
  });
}
