// The instant at which a business date ends. A date owns the instants from the previous cut-off (included) to its
// own (excluded): at exactly the cut-off it is the next day. Clock changes are the only difficulty (rules.md,
// "Business day"): a skipped cut-off is the first instant after the gap, a repeated one its second occurrence.

import { Temporal } from 'temporal-polyfill';
import type { BusinessDate } from '../kernel/business-date.ts';

const CUT_OFF = /^(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)$/;

/**
 * End of `date` in `timeZone` (IANA name). `cutOff` is HH:MM local time on that date; 00:00 and 24:00 mean the
 * midnight at its end. Refuses (RangeError) a malformed date, cut-off or unknown zone.
 */
export function cutOffInstant(date: BusinessDate, cutOff: string, timeZone: string): Date {
  const local = localCutOff(date, cutOff);
  const first = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const second = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  // In a gap Temporal answers with instants on both sides of it, neither of which shows the time asked for.
  const skipped = !second.toPlainDateTime().equals(local);
  const end = skipped ? first.getTimeZoneTransition('next') : second;
  return new Date((end ?? second).epochMilliseconds);
}

function localCutOff(date: BusinessDate, cutOff: string): Temporal.PlainDateTime {
  const time = CUT_OFF.exec(cutOff);
  if (!time) throw new RangeError(`not a cut-off: ${cutOff.slice(0, 40)}`);
  const day = Temporal.PlainDate.from(date);
  const atMidnight = cutOff === '00:00' || cutOff === '24:00';
  return atMidnight
    ? day.add({ days: 1 }).toPlainDateTime()
    : day.toPlainDateTime({ hour: Number(time[1]), minute: Number(time[2]) });
}

/** Whether `name` is an IANA time zone that this program knows. */
export function isTimeZone(name: string): boolean {
  try {
    cutOffInstant('2026-01-01', '12:00', name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
