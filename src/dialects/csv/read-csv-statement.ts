// A bank's CSV by its mapping. With a running balance it is a statement: each row's balance is the one before and its
// amount. Without, it is a notification, since nothing proves that it is complete. Rows of one account stand together.

import { StatementFault, type CsvMapping, type StatementPart } from '../../reconciliation/index.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import type { NumberedLines } from '../statements/text-lines.ts';
import { CsvCells } from './csv-cells.ts';
import { readRowLine, type RowLine } from './csv-row-line.ts';
import { csvRows } from './csv-rows.ts';
import { CsvStatements } from './csv-statements.ts';

/** Held where the latest booking stands first: the opening balance is at the end then. */
const MOST_HELD = 200_000;

/** Throws StatementFault. */
export async function* readCsvStatement(
  batches: AsyncIterable<NumberedLines>,
  mapping: CsvMapping,
  currencyOf: (account: string) => string | undefined,
): AsyncGenerator<StatementPart> {
  checkMapping(mapping);
  const statements = new CsvStatements();
  const held: RowLine[] = [];
  for await (const lines of rowLines(batches, mapping, currencyOf)) {
    if (mapping.newestFirst !== true) {
      for (const line of lines) statements.take(line);
      yield* statements.parts.splice(0);
      continue;
    }
    for (const line of lines)
      if (held.push(line) > MOST_HELD)
        throw new StatementFault(
          line.line.place,
          `a file with the latest booking first may have ${MOST_HELD} rows`,
        );
  }
  for (const line of held.reverse()) statements.take(line);
  if (!statements.isBegun) throw new StatementFault('the file', 'it has no rows');
  statements.end();
  yield* statements.parts;
}

async function* rowLines(
  batches: AsyncIterable<NumberedLines>,
  mapping: CsvMapping,
  currencyOf: (account: string) => string | undefined,
): AsyncGenerator<RowLine[]> {
  let cells: CsvCells | undefined;
  for await (const rows of csvRows(batches, mapping.delimiter, mapping.skipLines ?? 0)) {
    const lines: RowLine[] = [];
    for (const row of rows) {
      const isFirst = cells === undefined;
      cells ??= new CsvCells(mapping, row);
      if (!isFirst || mapping.hasHeading === false) lines.push(readRowLine(row, cells, mapping, currencyOf));
    }
    yield lines;
  }
}

/** A mapping that nobody could read by; told as a fault, since a person looks at it together with the file. */
function checkMapping({ columns, groupSign, decimalSign, hasHeading, currency }: CsvMapping): void {
  const say = (reason: string): never => {
    throw new StatementFault('the mapping of the bank', reason);
  };
  if ((columns.amount === undefined) === (columns.credit === undefined && columns.debit === undefined))
    say('it names either a column of amounts, or columns of credits and debits');
  if (columns.amount === undefined && (columns.credit === undefined || columns.debit === undefined))
    say('it names one of the columns of credits and debits only');
  if (groupSign === decimalSign) say('one sign cannot divide thousands and decimals');
  const named = Object.values(columns)
    .flat()
    .filter((column) => typeof column === 'string');
  if (hasHeading === false && named.length > 0) say(`without a heading there is no column ${named[0]}`);
  if (currency !== undefined && exponentOf(currency) === undefined)
    say(`${currency} is no currency of ISO 4217`);
}
