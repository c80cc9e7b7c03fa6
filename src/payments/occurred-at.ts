// When the channel says that it took the money. Whatever it says is kept and never refuses a payment (api.md), but
// the text takes forms that PostgreSQL does not read: offsets beyond 16 hours, leap seconds, the year 0.

const LEAP_SECOND = /:60(?=[.Zz+-])/;
const WRITTEN = /^\d{4}-/;
const YEAR_ZERO = /^0000-/;

/** The instant in UTC; undefined for one that lies outside the years 1 to 9999. `text` is an RFC 3339 date-time. */
export function occurredInstant(text: string): string | undefined {
  const instant = new Date(text.includes(':60') ? text.replace(LEAP_SECOND, ':59') : text);
  if (Number.isNaN(instant.getTime())) return undefined;
  const written = instant.toISOString();
  return WRITTEN.test(written) && !YEAR_ZERO.test(written) ? written : undefined;
}
