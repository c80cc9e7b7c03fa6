// What a person writes for a time: an instant, a local time in a biller's zone, or a span such as 2d3h.

import { Temporal } from 'temporal-polyfill';

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/;

/** It says no offset: without a zone nobody knows which instant is meant. */
export function isLocal(text: string): boolean {
  return LOCAL.test(text);
}

/** undefined: cannot be read. Without an offset the time is that of `timeZone`; a date alone is its midday. */
export function readInstant(text: string, timeZone: string): Date | undefined {
  const [, date, time = '12:00'] = LOCAL.exec(text) ?? [];
  try {
    const instant =
      date === undefined
        ? Temporal.Instant.from(text)
        : Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant();
    return new Date(instant.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const SPAN = /^([+-])?(?=\d)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** Milliseconds of `1w2d3h4m5s`, any of its parts; undefined: cannot be read. */
export function readSpan(text: string): number | undefined {
  const parts = SPAN.exec(text.replaceAll(' ', ''));
  if (parts === null) return undefined;
  const [, sign, ...counts] = parts;
  const seconds = [604_800, 86_400, 3_600, 60, 1].reduce(
    (sum, unit, at) => sum + unit * Number(counts[at] ?? 0),
    0,
  );
  return (sign === '-' ? -1000 : 1000) * seconds;
}
