// Answers for people: text as it is, a list of alike things as a table, one thing as lines of name and value. What is
// nested is written in words and never as JSON, which --json gives. Whatever a text holds, the terminal shows it and
// does not obey it.

export function print(answer: unknown): void {
  process.stdout.write(`${visible(layOut(answer))}\n`);
}

/** A page of ours, in several languages: its marks and isolates of direction stay. They reach to the end of their line at the most. */
export function printPage(page: string): void {
  process.stdout.write(`${page.replace(OBEYED, (one) => (STAYS.test(one) ? one : escaped(one)))}\n`);
}

const STAYS = /[\n\t\u061c\u200e\u200f\u2066-\u2069]/u;

/** None beyond U+FFFF. */
const OBEYED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Control characters and those of text direction as JSON escapes, so that JSON stays the same; LF and tab stay. */
export function visible(text: string): string {
  return text.replace(OBEYED, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));
}

function escaped(one: string): string {
  return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
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
  return entries
    .map(([name, value]) => `${name.padEnd(width)}  ${lines(value).join(`\n${' '.repeat(width + 2)}`)}`)
    .join('\n');
}

/** Things in a list stand below each other, and so do the lines of a text. */
function lines(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').map(cell);
  const isListOfThings =
    Array.isArray(value) && value.some((each) => each !== null && typeof each === 'object');
  return isListOfThings ? value.map(cell) : [cell(value)];
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
type Plain = number | bigint | boolean;

function cell(value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replace(OBEYED, escaped);
  if (typeof value !== 'object') return `${value as Plain}`;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(cell).join(', ');
  const entries = Object.entries(value);
  if (entries.length === 2 && 'value' in value && 'currency' in value)
    return `${cell(value.value)} ${cell(value.currency)}`;
  if (entries.length === 0) return 'none';
  return entries
    .map(([name, inner]) => `${name} ${isNested(inner) ? `(${cell(inner)})` : cell(inner)}`)
    .join(', ');
}

function isNested(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}
