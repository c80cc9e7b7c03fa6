// Whether a biller's penalty can be computed: one of flat or percent in each part, in the biller's own currency.
// A bill's own penalty is checked where bills come in; both end in the same sums (bills/penalty.ts).

import { parseMinor } from '../kernel/money.ts';
import { PERCENT_UNIT, percentMillionths } from '../kernel/rounding.ts';
import type { PenaltyComponent } from './biller.ts';

export function penaltyFaults(components: readonly PenaltyComponent[], currency: string): string[] {
  return components.flatMap(({ flat, percent, ceiling }, at) => {
    const where = `penalty ${at + 1}`;
    const faults = [
      ...rateFaults(where, { flat, percent }, currency),
      ...rateFaults(`${where}, ceiling`, ceiling ?? {}, currency),
    ];
    if ((flat === undefined) === (percent === undefined))
      faults.unshift(`${where} must have either flat or percent`);
    if (percent !== undefined && isPercent(percent) && percentMillionths(percent) > PERCENT_UNIT)
      faults.push(`${where}: ${percent} percent each time it is charged is more than 100`);
    return faults;
  });
}

function rateFaults(
  where: string,
  { flat, percent }: Pick<PenaltyComponent, 'flat' | 'percent'>,
  currency: string,
): string[] {
  const faults: string[] = [];
  if (flat !== undefined && parseMinor(flat, currency) === undefined)
    faults.push(`${where}: ${flat} is no amount of ${currency} in its own scale`);
  if (percent !== undefined && !isPercent(percent)) faults.push(`${where}: ${percent} is no percentage`);
  return faults;
}

function isPercent(text: string): boolean {
  try {
    return percentMillionths(text) >= 0n;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
