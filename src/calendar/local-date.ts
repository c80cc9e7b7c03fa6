// The date on the wall in a time zone. It is on the pay path (penalties go by the local date of acceptance), so the
// answer is remembered per zone with the span of instants for which it holds: a lookup costs two comparisons.

import { Temporal } from 'temporal-polyfill';
import { dateOfDayNumber } from '../kernel/business-date.ts';
import type { BusinessDate } from '../kernel/business-date.ts';

const MS_PER_DAY = 86_400_000;
const ZONES_REMEMBERED = 64;

/** From `startMs` (included) to `endMs` (excluded) the zone's date is `date`: one local day, one offset. */
interface Span {
  startMs: number;
  endMs: number;
  date: BusinessDate;
}

const spans = new Map<string, Span>();

/** The local date of `instant` in `timeZone` (IANA name). Refuses (RangeError) an invalid instant or zone. */
export function localDate(instant: Date, timeZone: string): BusinessDate {
  const ms = instant.getTime();
  const known = spans.get(timeZone);
  if (known && ms >= known.startMs && ms < known.endMs) return known.date;
  const span = spanAround(ms, timeZone);
  if (!known && spans.size >= ZONES_REMEMBERED) spans.clear();
  spans.set(timeZone, span);
  return span.date;
}

function spanAround(ms: number, timeZone: string): Span {
  const here = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const offsetMs = here.offsetNanoseconds / 1_000_000;
  const dayNumber = Math.floor((ms + offsetMs) / MS_PER_DAY);
  const startMs = dayNumber * MS_PER_DAY - offsetMs;
  // A clock change ends the span early, also where it turns the date back (23:59:59 followed by 23:00:00).
  const since = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const until = here.getTimeZoneTransition('next');
  return {
    startMs: Math.max(startMs, since?.epochMilliseconds ?? startMs),
    endMs: Math.min(startMs + MS_PER_DAY, until?.epochMilliseconds ?? Infinity),
    date: dateOfDayNumber(dayNumber),
  };
}
