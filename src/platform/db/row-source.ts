// Rows as parameters of a statement, written in one of two shapes: arrays for many rows, plain values for one, which
// the server begins in half the time. The SQL around them is the same. For the pay path.

import { documentsOf, jsonDocuments, plainArray, textArray } from './array-literal.ts';

export interface Column<Row> {
  readonly name: string;
  /** `word`: text that never needs quoting in an array, such as a status. */
  readonly type:
    'smallint' | 'int' | 'bigint' | 'boolean' | 'uuid' | 'date' | 'timestamptz' | 'text' | 'word' | 'json';
  readonly of: (row: Row) => number | bigint | boolean | string | null;
}

export type Shape = 'one' | 'many';

export interface RowSource<Row> {
  /** The number of the first parameter after these. */
  readonly next: number;
  /** The rows as an item of `from`, under `alias`; `names` in any order. JSON columns arrive as text. */
  from(shape: Shape, alias: string, names?: readonly string[]): string;
  values(shape: Shape, rows: readonly Row[]): unknown[];
}

/** Takes one parameter per column, from `$first` on. */
export function rowSource<Row>(first: number, columns: readonly Column<Row>[]): RowSource<Row> {
  const places = new Map(columns.map((column, i) => [column.name, { column, parameter: `$${first + i}` }]));
  const all = [...places.keys()];
  return {
    next: first + columns.length,
    from(shape, alias, names = all) {
      const picked = names.map((name) => {
        const place = places.get(name);
        if (place === undefined) throw new Error(`no column ${name} among the parameters`);
        return place;
      });
      if (shape === 'one') {
        const values = picked.map(
          ({ column, parameter }) => `${parameter}::${typeOf(column)} as ${column.name}`,
        );
        return `(select ${values.join(', ')}) as ${alias}`;
      }
      const arrays = picked.map(({ column, parameter }) =>
        column.type === 'json' ? documentsOf(parameter) : `${parameter}::${typeOf(column)}[]`,
      );
      return `unnest(${arrays.join(', ')}) as ${alias}(${names.join(', ')})`;
    },
    values(shape, rows) {
      const [one] = rows;
      if (shape === 'one' && one !== undefined) return columns.map((column) => column.of(one));
      return columns.map((column) => arrayOf(column, rows));
    },
  };
}

function typeOf({ type }: Column<never>): string {
  return type === 'word' || type === 'json' ? 'text' : type;
}

function arrayOf<Row>({ type, of }: Column<Row>, rows: readonly Row[]): string {
  if (type === 'json') return jsonDocuments(rows, of as (row: Row) => string | null);
  if (type === 'text' || type === 'timestamptz') return textArray(rows, of as (row: Row) => string | null);
  return plainArray(rows, of);
}
