// PostgreSQL array literals for `unnest($1::…[])`. The driver's own encoder visits every element with a regular
// expression; on the pay path a group carries thousands of elements, so safe ones are joined as they are.

/** Numbers, bigints, booleans, dates, uuids: text that never needs quoting. null becomes NULL. */
export function plainArray(values: readonly (number | bigint | boolean | string | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    text += i === 0 ? '' : ',';
    text += value === null || value === undefined ? 'NULL' : value;
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\]/;

/** Any text, quoted; null becomes NULL. */
export function textArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else text += `"${NEEDS_ESCAPE.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
  }
  return `${text}}`;
}
