// A list of the API as a table: columns, one page, the way to the next and back to the first. What is filtered and where one is stands in
// the address.

import type { ComponentChildren } from 'preact';
import { useAddress, withQuery } from '../reach/address.ts';
import type { Read } from '../reach/use-read.ts';
import { useWords } from '../words/words.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { Blank, Loaded } from './loaded.tsx';

export interface Page<Row> {
  readonly items: readonly Row[];
  /** Where the next page begins; null on the last. */
  readonly next?: string | null;
}

export interface Column<Row> {
  readonly name: string;
  readonly show: (row: Row) => ComponentChildren;
  /** Amounts and counts stand at the end of their cell. */
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isMinor?: boolean;
}

interface TableProps<Row> {
  /** What the table is of, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  const classOf = ({ isNumber, isMinor }: Column<Row>): string =>
    [isNumber === true && 'number', isMinor === true && 'minor'].filter(Boolean).join(' ');
  return (
    <div class="table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" class={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.name} class={classOf(column)}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ListProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  readonly read: Read<Page<Row>>;
  /** What to say when there is nothing. */
  readonly empty: string;
}

export function List<Row>({ read, empty, ...table }: ListProps<Row>) {
  const { query } = useAddress();
  const { common } = useWords();
  return (
    <Loaded read={read}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? <Blank icon="list" title={empty} /> : <Table {...table} rows={items} />}
          <nav class="paging" aria-label={common.paging}>
            {query.has('after') && <Link to={withQuery({ after: undefined })}>{common.firstPage}</Link>}
            {next !== undefined && next !== null && (
              <Link to={withQuery({ after: next })} rel="next">
                {common.nextPage} <Icon name="forward" size={16} />
              </Link>
            )}
          </nav>
        </>
      )}
    </Loaded>
  );
}
