// Answers for people: text as it is, a list of alike things as a table, one thing as lines of name and value.

export function print(answer: unknown): void {
  process.stdout.write(`${layOut(answer)}\n`);
}

export function layOut(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  if (Array.isArray(answer)) return answer.length === 0 ? '(none)' : table(answer);
  if (answer !== null && typeof answer === 'object' && !(answer instanceof Date)) return fields(answer);
  return cell(answer);
}

function fields(thing: object): string {
  const entries = Object.entries(thing).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`).join('\n');
}

function table(things: readonly unknown[]): string {
  const rows = things.map((thing) =>
    thing !== null && typeof thing === 'object' ? Object.entries(thing) : [['', thing]],
  );
  const names = [...new Set(rows.flatMap((row) => row.map(([name]) => String(name))))];
  const cells = rows.map((row) => names.map((name) => cell(row.find(([of]) => of === name)?.[1])));
  const widths = names.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(names), ...cells.map(line)].join('\n');
}

/** What a row holds beside dates and objects. */
type Plain = string | number | bigint | boolean;

function cell(value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return `${value as Plain}`;
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
