// ISO weekdays as the command line says and reads them.

import { WrongUsage } from '../platform/cli/index.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function weekdayName(isoWeekday: number): string {
  return WEEKDAYS[isoWeekday - 1] ?? String(isoWeekday);
}

/** `5,6` as numbers. Refuses (WrongUsage) what is no whole number. */
export function readWeekdays(text: string): number[] {
  return text.split(',').filter(Boolean).map(whole);
}

export function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WrongUsage(`${text} is no whole number`);
  return Number(text);
}
