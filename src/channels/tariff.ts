// One line of a tariff, read once: whom it applies to and what it asks for. Amounts stay exact, in fractions of a
// minor unit, until the rule above rounds them, so that a fee and its tax are rounded together, once.

import type { BusinessDate } from '../kernel/business-date.ts';
import { parseMinor } from '../kernel/money.ts';
import { PERCENT_UNIT, percentMillionths } from '../kernel/rounding.ts';
import type { Method, OutletKind, TariffLine } from './channel.ts';

/** Minor units and millionths of a percent; undefined: no such bound. */
export interface CompiledTariff {
  readonly outletKinds: readonly OutletKind[] | undefined;
  readonly methods: readonly Method[] | undefined;
  readonly fromMinor: bigint | undefined;
  readonly toMinor: bigint | undefined;
  readonly validFrom: BusinessDate | undefined;
  readonly validTo: BusinessDate | undefined;
  readonly flatMinor: bigint;
  readonly percentMillionths: bigint;
  readonly minMinor: bigint | undefined;
  readonly maxMinor: bigint | undefined;
}

/** How and when a payment is made, as far as tariffs care. */
export interface Circumstances {
  readonly method: Method;
  readonly outletKind?: OutletKind;
  readonly date: BusinessDate;
}

/** Refuses (Error) amounts that are none of the currency's: terms are checked before they are recorded. */
export function compileTariff(line: TariffLine, currency: string): CompiledTariff {
  const minor = (value: string | undefined): bigint | undefined => minorOf(value, currency);
  return {
    outletKinds: line.outletKinds,
    methods: line.methods,
    fromMinor: minor(line.from),
    toMinor: minor(line.to),
    validFrom: line.validFrom,
    validTo: line.validTo,
    flatMinor: minor(line.flat) ?? 0n,
    percentMillionths: line.percent === undefined ? 0n : percentMillionths(line.percent),
    minMinor: minor(line.min),
    maxMinor: minor(line.max),
  };
}

/** Whether the line is for this method, outlet and date. A line that names outlet kinds needs an outlet. */
export function isFor(line: CompiledTariff, { method, outletKind, date }: Circumstances): boolean {
  if (line.methods && !line.methods.includes(method)) return false;
  if (line.outletKinds && (outletKind === undefined || !line.outletKinds.includes(outletKind))) return false;
  return isWithin(date, line.validFrom, line.validTo);
}

/** Whether the amount lies in the line's band, both ends included. */
export function bandHolds(line: CompiledTariff, amountMinor: bigint): boolean {
  if (line.fromMinor !== undefined && amountMinor < line.fromMinor) return false;
  return line.toMinor === undefined || amountMinor <= line.toMinor;
}

/** Flat plus percent, not below the minimum, not above the maximum: exact, in `PERCENT_UNIT`ths of a minor unit. */
export function chargeOf(line: CompiledTariff, amountMinor: bigint): bigint {
  const charge = line.flatMinor * PERCENT_UNIT + line.percentMillionths * amountMinor;
  if (line.minMinor !== undefined && charge < line.minMinor * PERCENT_UNIT)
    return line.minMinor * PERCENT_UNIT;
  if (line.maxMinor !== undefined && charge > line.maxMinor * PERCENT_UNIT)
    return line.maxMinor * PERCENT_UNIT;
  return charge;
}

/** Validity dates are inclusive; a missing one is no bound. */
export function isWithin(
  date: BusinessDate,
  from: BusinessDate | undefined,
  to: BusinessDate | undefined,
): boolean {
  return (from === undefined || date >= from) && (to === undefined || date <= to);
}

function minorOf(value: string | undefined, currency: string): bigint | undefined {
  if (value === undefined) return undefined;
  const minor = parseMinor(value, currency);
  if (minor === undefined) throw new Error(`tariff amount ${value} is no amount of ${currency}`);
  return minor;
}
