// PostgreSQL array literals for `unnest($1::…[])`. The driver's own encoder visits every element with a regular
// expression; on the pay path a group carries thousands of elements, so they are written straight from the rows.

type Plain = number | bigint | boolean | string | null;

/** Numbers, bigints, booleans, dates, uuids: text that never needs quoting. null becomes NULL. */
export function plainArray(values: readonly Plain[]): string;
export function plainArray<Row>(rows: readonly Row[], pick: (row: Row) => Plain): string;
export function plainArray<Row>(rows: readonly Row[], pick?: (row: Row) => Plain): string {
  let text = '{';
  for (let i = 0; i < rows.length; i++) {
    const value = pick === undefined ? (rows[i] as Plain) : pick(rows[i] as Row);
    if (i > 0) text += ',';
    text += value ?? 'NULL';
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\]/;

/** Any text, quoted; null becomes NULL. */
export function textArray(values: readonly (string | null)[]): string;
export function textArray<Row>(rows: readonly Row[], pick: (row: Row) => string | null): string;
export function textArray<Row>(rows: readonly Row[], pick?: (row: Row) => string | null): string {
  let text = '{';
  for (let i = 0; i < rows.length; i++) {
    const value = pick === undefined ? (rows[i] as string | null) : pick(rows[i] as Row);
    if (i > 0) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else text += NEEDS_ESCAPE.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
  }
  return `${text}}`;
}

/** U+001E: JSON.stringify writes it escaped, so no JSON text contains it as it is. */
const RECORD_SEPARATOR = '\u001e';

/**
 * JSON documents as one text, to be taken apart by `documentsOf`; null becomes NULL. Quoting documents full of
 * quotation marks as array elements cost more than writing them did.
 */
export function jsonDocuments<Row>(rows: readonly Row[], pick: (row: Row) => string | null): string {
  let text = '';
  for (let i = 0; i < rows.length; i++) {
    if (i > 0) text += RECORD_SEPARATOR;
    text += pick(rows[i] as Row) ?? '';
  }
  return text;
}

/** The SQL that turns parameter `$n` of `jsonDocuments` into text[], in order. */
export function documentsOf(parameter: string): string {
  return `string_to_array(${parameter}::text, e'\\x1e', '')`;
}
