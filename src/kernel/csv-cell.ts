// One field of CSV that a person opens in a spreadsheet.

/** Signs that begin a formula, also in full width. */
const BEGINS_FORMULA = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/** RFC 4180, and nothing that a spreadsheet would run: what begins like a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = BEGINS_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
