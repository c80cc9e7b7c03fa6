// What closing a day would come to, without closing it: its entries of this moment, drawn up as a batch would be. A day
// that is still open may take more meanwhile, so this is a forecast.

import { addWorkingDays } from '../calendar/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import { drawUp, type Drawn } from './draw-up.ts';
import { BILLS_PER_STEP, nextStep } from './record-day.ts';
import { batchBefore } from './store-batch.ts';
import { findDay, type UnsettledDay } from './store-seal.ts';
import type { DayKey, RecordedStep } from './store-step.ts';
import { readTerms } from './store-terms.ts';
import { unsettledBefore } from './store-write-batch.ts';
import { Tally } from './sums.ts';

export interface Preview extends Drawn {
  readonly day: UnsettledDay;
  readonly currency: string;
  readonly valueDate: BusinessDate;
  /** The oldest day that has to be closed before it; what it carries is not in here. */
  readonly missed: BusinessDate | null;
}

/** undefined: nobody opened that day. */
export async function previewDay(
  database: Database,
  key: DayKey,
  onStep?: (step: RecordedStep) => void,
): Promise<Preview | undefined> {
  const { billerId, businessDate } = key;
  const node = database.nodeOf(billerId);
  const [day, terms, previous, missed] = await node.transaction(async (tx) => [
    await findDay(tx, billerId, businessDate),
    await readTerms(tx, billerId),
    await batchBefore(tx, billerId, businessDate),
    await unsettledBefore(tx, billerId, businessDate),
  ]);
  if (day === undefined) return undefined;
  const steps: RecordedStep[] = [];
  for (;;) {
    const step = await node.transaction((tx) => nextStep(tx, key, steps.at(-1), BILLS_PER_STEP));
    if (step === undefined) break;
    steps.push(step);
    onStep?.(step);
  }
  const tally = Tally.of(steps.map((step) => step.sums));
  return {
    ...drawUp(tally, terms.feesSettled, previous?.carriedOutMinor ?? 0n),
    day,
    currency: terms.currency,
    valueDate: addWorkingDays(businessDate, terms.remittanceDays, ...terms.weeks),
    missed,
  };
}
