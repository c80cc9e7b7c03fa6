// Which cell of a row holds what, by the mapping of the bank.

import { StatementFault, type CsvColumn, type CsvMapping } from '../../reconciliation/index.ts';
import type { CsvRow } from './csv-rows.ts';

type Name = Exclude<keyof CsvMapping['columns'], 'text'>;

export class CsvCells {
  readonly #mapping: CsvMapping;
  readonly #places: ReadonlyMap<CsvColumn, number>;
  readonly #width: number;

  /** `first`: the heading, or the first row where there is none. Throws StatementFault for a heading that is not there. */
  constructor(mapping: CsvMapping, first: CsvRow) {
    const { text = [], ...others } = mapping.columns;
    const places = new Map<CsvColumn, number>();
    const headings = mapping.hasHeading === false ? [] : first.cells.map(plain);
    for (const column of [...text, ...Object.values(others)])
      if (column !== undefined) places.set(column, placeOf(column, headings, first.line));
    this.#mapping = mapping;
    this.#places = places;
    this.#width = first.cells.length;
  }

  /** Throws StatementFault for a row that is wider than the first, or has not all that is wanted: its cells are shifted. */
  check({ cells, line }: CsvRow): void {
    const last = Math.max(...this.#places.values());
    if (cells.length <= last)
      throw new StatementFault(
        `line ${line}`,
        `it has ${cells.length} cells, the column ${last + 1} is missing`,
      );
    if (cells.slice(this.#width).some((cell) => cell !== ''))
      throw new StatementFault(
        `line ${line}`,
        `it has ${cells.length} cells, the first row has ${this.#width}: a sign between cells stands in a text`,
      );
  }

  /** null: the bank has no such column, or the cell is empty. */
  of({ cells }: CsvRow, name: Name): string | null {
    const column = this.#mapping.columns[name];
    return column === undefined ? null : this.#at(cells, column);
  }

  texts({ cells }: CsvRow): (string | null)[] {
    return (this.#mapping.columns.text ?? []).map((column) => this.#at(cells, column));
  }

  #at(cells: readonly string[], column: CsvColumn): string | null {
    const cell = cells[this.#places.get(column) ?? -1] ?? '';
    return cell === '' ? null : cell;
  }
}

function placeOf(column: CsvColumn, headings: readonly string[], line: number): number {
  if (typeof column === 'number') return column - 1;
  const place = headings.indexOf(plain(column));
  if (place < 0)
    throw new StatementFault(`line ${line}`, `there is no column with the heading ${JSON.stringify(column)}`);
  if (headings.includes(plain(column), place + 1))
    throw new StatementFault(`line ${line}`, `two columns have the heading ${JSON.stringify(column)}`);
  return place;
}

/** Marks of direction and doubled spaces are nobody's intention in a heading. */
function plain(heading: string): string {
  return heading
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
