// The time on the wall in a time zone, for people to read.

import { Temporal } from 'temporal-polyfill';

/** `YYYY-MM-DDTHH:MM:SS` in `timeZone` (IANA name); parts of a second are cut off. Refuses (RangeError) an invalid zone. */
export function localTime(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second', roundingMode: 'trunc' });
}
