// Rows of a CSV file of a bank: lines split into cells, a quoted cell over several lines put together. Formulas are text
// like any other, and so are quotes inside a cell that does not begin with one: banks write `VIR "AL NOOR" CO` bare.

import { splitCsvLine } from '../../kernel/csv-line.ts';
import { StatementFault } from '../../reconciliation/index.ts';
import { LONGEST_LINE, type NumberedLines } from '../statements/text-lines.ts';

export interface CsvRow {
  /** Number of its first line. */
  readonly line: number;
  readonly cells: readonly string[];
}

const MOST_CELLS = 500;

/** Rows without any text are left out, and the first `skip` lines. Throws StatementFault for quotes that do not match. */
export async function* csvRows(
  batches: AsyncIterable<NumberedLines>,
  delimiter: string,
  skip: number,
): AsyncGenerator<CsvRow[]> {
  let held = '';
  let start = 0;
  let isOpen = false;
  for await (const { first, lines } of batches) {
    const rows: CsvRow[] = [];
    for (const [index, text] of lines.entries()) {
      const line = first + index;
      if (line <= skip) continue;
      if (!isOpen) start = line;
      held = isOpen ? `${held}\n${text}` : text;
      if (held.length > LONGEST_LINE)
        throw new StatementFault(`line ${start}`, 'a quote is opened and not closed again');
      isOpen = isOpenAfter(text, delimiter, isOpen);
      if (isOpen) continue;
      const cells = cellsOf(held, delimiter, start);
      if (cells.some((cell) => cell !== '')) rows.push({ line: start, cells });
    }
    yield rows;
  }
  if (isOpen) throw new StatementFault(`line ${start}`, 'a quote is opened and not closed again');
}

/** Whether a quoted cell goes on after the line, where one may have been open before it. */
function isOpenAfter(text: string, delimiter: string, wasOpen: boolean): boolean {
  let isOpen = wasOpen || text.startsWith('"');
  let at = wasOpen || !isOpen ? 0 : 1;
  for (;;) {
    if (isOpen) {
      const end = closingQuote(text, at);
      if (end < 0) return true;
      at = end + 1;
    }
    const next = text.indexOf(delimiter, at);
    if (next < 0) return false;
    isOpen = text[next + 1] === '"';
    at = next + (isOpen ? 2 : 1);
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function cellsOf(text: string, delimiter: string, line: number): string[] {
  const cells = text.includes('"') ? splitCsvLine(text, delimiter, 'text') : text.split(delimiter);
  if (cells === 'stray-quote')
    throw new StatementFault(
      `line ${line}`,
      'a quoted cell goes on after its closing quote: a quote in it has to be doubled',
    );
  if (cells.length > MOST_CELLS)
    throw new StatementFault(`line ${line}`, `it has more than ${MOST_CELLS} cells`);
  return cells.map((cell) => cell.trim());
}
