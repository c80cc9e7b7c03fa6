// Exact rounding of minor units: fees, penalties, taxes. Everything is bigint; a percentage is a decimal string and
// never passes through a float. Rounding works on the magnitude and puts the sign back, so a reversal mirrors.

export type Rounding = 'half-up' | 'half-even' | 'up' | 'down';

const PERCENT = /^(0|[1-9][0-9]{0,5})(?:\.([0-9]{1,6}))?$/;
const PERCENT_SCALE = 6;
/** What `percentMillionths` counts in: 100 % is this much. */
export const PERCENT_UNIT = 100n * 10n ** BigInt(PERCENT_SCALE);

/**
 * numerator / denominator as a whole number. `up` is away from zero, `down` towards zero, halves as named.
 * Refuses (RangeError) a denominator that is not positive.
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const floor = magnitude / denominator;
  const rest = magnitude % denominator;
  const rounded = goesUp(floor, rest, denominator, rounding) ? floor + 1n : floor;
  return numerator < 0n ? -rounded : rounded;
}

/**
 * `percent` % of `minor`, both exact, rounded once to whole minor units. `percent` is a decimal string of at most
 * six decimals, zero or more, such as "2.5"; anything else is refused (RangeError): settings are checked on entry.
 */
export function percentOf(minor: bigint, percent: string, rounding: Rounding = 'half-up'): bigint {
  return divideRounded(minor * percentMillionths(percent), PERCENT_UNIT, rounding);
}

/** A percentage as millionths of one percent (in `PERCENT_UNIT`), for sums that are rounded once at their end. */
export function percentMillionths(percent: string): bigint {
  const parts = PERCENT.exec(percent);
  if (!parts) throw new RangeError(`not a percentage: ${percent.slice(0, 40)}`);
  const [, whole = '', fraction = ''] = parts;
  return BigInt(whole + fraction.padEnd(PERCENT_SCALE, '0'));
}

function goesUp(floor: bigint, rest: bigint, denominator: bigint, rounding: Rounding): boolean {
  const twice = rest * 2n;
  switch (rounding) {
    case 'up':
      return rest > 0n;
    case 'down':
      return false;
    case 'half-up':
      return twice >= denominator;
    case 'half-even':
      return twice > denominator || (twice === denominator && floor % 2n === 1n);
  }
}
