// Text in, numbered lines out, in constant memory: a line longer than the limit is refused before it is held.

import { StatementFault } from '../../reconciliation/index.ts';

export interface NumberedLines {
  /** Number of the first; the others follow without gaps. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** Characters. Nothing that a bank writes on one line comes near. */
export const LONGEST_LINE = 64 * 1024;
/** All that no line holds: a tab may stand in a cell. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Ends of lines are LF or CRLF and belong to no line. Throws StatementFault: a line too long, control characters. */
export async function* textLines(texts: AsyncIterable<string>): AsyncGenerator<NumberedLines> {
  let rest = '';
  let first = 1;
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw tooLong(first + lines.length);
    if (lines.length > 0) yield { first, lines: checked(lines, first) };
    first += lines.length;
  }
  if (rest !== '') yield { first, lines: checked([rest], first) };
}

function checked(lines: string[], first: number): string[] {
  return lines.map((line, index) => {
    if (line.length > LONGEST_LINE) throw tooLong(first + index);
    if (CONTROL.test(line))
      throw new StatementFault(
        `line ${first + index}`,
        'it holds control characters, which no statement has',
      );
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  });
}

function tooLong(line: number): StatementFault {
  return new StatementFault(`line ${line}`, `it has more than ${LONGEST_LINE} characters`);
}
