// What being late costs. The parts of a penalty are added up exactly, as fractions of a minor unit, and rounded
// once per bill (rules.md, "Bills and the amount due"): rounding each part would drift with their number.

import type { Biller, PenaltyComponent } from '../billers/index.ts';
import { nextWorkingDay } from '../calendar/index.ts';
import { addDays, addMonths, daysBetween, NO_DATE_FROM, type BusinessDate } from '../kernel/business-date.ts';
import { LARGEST_MINOR, parseMinor } from '../kernel/money.ts';
import { divideRounded, PERCENT_UNIT, percentMillionths, type Rounding } from '../kernel/rounding.ts';

export interface Lateness {
  readonly principalMinor: bigint;
  /** The last day without penalty. */
  readonly dueOn: BusinessDate;
  readonly paidOn: BusinessDate;
  readonly components: readonly PenaltyComponent[];
  readonly currency: string;
  readonly rounding: Rounding;
}

/**
 * The penalty in minor units; 0 up to and on `dueOn`. A component counts from its `fromDay`-th day after `dueOn`:
 * once, or for each day from that day, or for each month begun from that day. Months are counted from `dueOn` and
 * end on its day-number or on the month's last day (due 31 January: the first ends 28 February). A ceiling holds
 * for its component over the whole delay; of two in one ceiling the lower holds. Never above `LARGEST_MINOR`, so
 * that nothing an agency sets can grow out of the database's and the quotes' integers.
 * Refuses (Error) components that no entry check would have let in: they are settings, not requests.
 */
export function penaltyOn(late: Lateness): bigint {
  if (late.components.length === 0 || late.paidOn <= late.dueOn) return 0n;
  const days = daysBetween(late.dueOn, late.paidOn);
  let scaled = 0n;
  for (const part of partsOf(late.components, late.currency)) {
    if (days < part.fromDay) continue;
    const charged = BigInt(timesCharged(part, days, late)) * weigh(part.rate, late.principalMinor);
    scaled += part.ceiling.reduce((least, rate) => min(least, weigh(rate, late.principalMinor)), charged);
  }
  return min(divideRounded(scaled, PERCENT_UNIT, late.rounding), LARGEST_MINOR);
}

/** The due date that counts: moved forward to the next working day where the biller says so. */
export function effectiveDueOn(
  dueOn: BusinessDate,
  biller: Pick<Biller, 'dueMovesForward' | 'calendar'>,
): BusinessDate {
  return biller.dueMovesForward && dueOn < NO_DATE_FROM ? nextWorkingDay(dueOn, biller.calendar) : dueOn;
}

function timesCharged(part: Part, days: number, late: Lateness): number {
  switch (part.every) {
    case 'once':
      return 1;
    case 'day':
      return days - part.fromDay + 1;
    case 'month': {
      const before = part.fromDay === 1 ? 0 : monthsBegun(late.dueOn, addDays(late.dueOn, part.fromDay)) - 1;
      return monthsBegun(late.dueOn, late.paidOn) - before;
    }
  }
}

/** Months begun from the day after `dueOn` until `date`, which is later than `dueOn`. */
function monthsBegun(dueOn: BusinessDate, date: BusinessDate): number {
  const whole = monthOf(date) - monthOf(dueOn);
  return date > addMonths(dueOn, whole) ? whole + 1 : whole;
}

function monthOf(date: BusinessDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

/** Flat minor units and a share of the principal, both in `PERCENT_UNIT`ths of a minor unit. */
interface Rate {
  readonly flat: bigint;
  readonly percent: bigint;
}

interface Part {
  readonly every: PenaltyComponent['every'];
  readonly fromDay: number;
  readonly rate: Rate;
  readonly ceiling: readonly Rate[];
}

function weigh(rate: Rate, principalMinor: bigint): bigint {
  return rate.flat + rate.percent * principalMinor;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** A biller's components are the same array until its settings are loaded again: their text is read once. */
const read = new WeakMap<readonly PenaltyComponent[], { currency: string; parts: readonly Part[] }>();

function partsOf(components: readonly PenaltyComponent[], currency: string): readonly Part[] {
  const known = read.get(components);
  if (known?.currency === currency) return known.parts;
  const parts = components.map((component) => readPart(component, currency));
  read.set(components, { currency, parts });
  return parts;
}

function readPart({ flat, percent, every, fromDay = 1, ceiling }: PenaltyComponent, currency: string): Part {
  const limits: Rate[] = [];
  if (ceiling?.flat !== undefined) limits.push(readRate(ceiling.flat, undefined, currency));
  if (ceiling?.percent !== undefined) limits.push(readRate(undefined, ceiling.percent, currency));
  return { every, fromDay, rate: readRate(flat, percent, currency), ceiling: limits };
}

function readRate(flat: string | undefined, percent: string | undefined, currency: string): Rate {
  const minor = flat === undefined ? 0n : parseMinor(flat, currency);
  if (minor === undefined) throw new Error(`penalty of ${flat} is no amount of ${currency}`);
  return { flat: minor * PERCENT_UNIT, percent: percent === undefined ? 0n : percentMillionths(percent) };
}
