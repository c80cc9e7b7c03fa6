// A day by the machine before which one sits: only where a page begins.

const DAY_MS = 86_400_000;

/** YYYY-MM-DD, so many days before the page was opened. */
export function dayHere(before = 0): string {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(performance.timeOrigin - before * DAY_MS);
}
