// A bill's own penalty components: one of flat or percent each, flat amounts with the currency's scale. What comes
// out is what penalty.ts can compute without asking again.

import type { PenaltyComponent } from '../billers/index.ts';
import type { PointedError } from '../kernel/errors.ts';
import { parseMinor } from '../kernel/money.ts';

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
