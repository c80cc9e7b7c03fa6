// A holiday as it is announced. Islamic ones are tentative until the moon is seen: they count until they are struck,
// because a value date promised too early is worse than one promised a day late.

import type { BusinessDate } from '../kernel/business-date.ts';

export const HOLIDAY_STATES = ['confirmed', 'tentative', 'struck'] as const;
export type HolidayState = (typeof HOLIDAY_STATES)[number];

export interface Holiday {
  readonly onDate: BusinessDate;
  readonly name: string;
  readonly state: HolidayState;
}

export const LONGEST_HOLIDAY_NAME = 200;

export function isHolidayState(text: string): text is HolidayState {
  return (HOLIDAY_STATES as readonly string[]).includes(text);
}
