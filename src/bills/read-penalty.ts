// A bill's own penalty components: one of flat or percent each, at most 100 percent, flat amounts with the currency's
// scale. What comes out is what penalty.ts can compute without asking again.

import type { PenaltyComponent } from '../billers/index.ts';
import type { PointedError } from '../kernel/errors.ts';
import { parseMinor } from '../kernel/money.ts';
import { PERCENT_UNIT, percentMillionths } from '../kernel/rounding.ts';

/** Canonical JSON of the components; faults go to `errors`, pointed at `/penalty/…`. */
export function readPenalty(
  components: readonly PenaltyComponent[],
  currency: string,
  errors: PointedError[],
): string {
  components.forEach((component, index) => {
    const at = `/penalty/${index}`;
    if ((component.flat === undefined) === (component.percent === undefined)) {
      errors.push({ pointer: at, detail: 'must have either flat or percent' });
    }
    checkPercent(component.percent, `${at}/percent`, errors);
    checkFlat(component.flat, currency, `${at}/flat`, errors);
    checkFlat(component.ceiling?.flat, currency, `${at}/ceiling/flat`, errors);
  });
  return JSON.stringify(
    components.map(({ flat, percent, every, fromDay, ceiling }) => ({
      flat,
      percent,
      every,
      fromDay,
      ceiling: ceiling && { flat: ceiling.flat, percent: ceiling.percent },
    })),
  );
}

/** A ceiling may be higher: it bounds the whole delay. */
function checkPercent(percent: string | undefined, pointer: string, errors: PointedError[]): void {
  if (percent !== undefined && percentMillionths(percent) > PERCENT_UNIT)
    errors.push({ pointer, detail: 'must be at most 100 percent each time it is charged' });
}

function checkFlat(
  flat: string | undefined,
  currency: string,
  pointer: string,
  errors: PointedError[],
): void {
  if (flat !== undefined && parseMinor(flat, currency) === undefined) {
    errors.push({ pointer, detail: `must have exactly the decimals of ${currency}` });
  }
}
