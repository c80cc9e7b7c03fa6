// A table on paper. A short one is never divided; a long one begins each further page with its heads.

import { Text, View, type Styles } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import { PAGE_WIDTH, SIZES, type PageStyles } from './print-styles.ts';
import { brokenAt, directionOf, lengthOf, printable } from './print-text.ts';
import type { Block, TableColumn } from './printed-document.ts';

type Table = Extract<Block, { kind: 'table' }>;
type Style = Styles[string];

/** Rows that stay together. */
const SHORT = 15;
/** What the title keeps with it: the heads and two rows. */
const BEGINNING = 52;
/** What the last row keeps with it: the total. */
const ENDING = 16;

export function tableOf(table: Table, styles: PageStyles, key: string): ReactElement[] {
  const { columns, rows, total } = table;
  const looks = columns.map((column, i) => lookOf(column, i, table, styles));
  const line = (row: readonly string[], lineKey: string, style: Style, minPresenceAhead = 0) =>
    h(View, { key: lineKey, style, wrap: false, minPresenceAhead }, ...cells(row, columns, looks));
  const isShort = rows.length <= SHORT;
  const title = h(
    Text,
    { key: `${key}-title`, style: styles.tableTitle, minPresenceAhead: BEGINNING },
    printable(table.title),
  );
  const lines = rows.map((row, i) =>
    line(row, `row-${i}`, styles.row, i === rows.length - 1 && total !== undefined ? ENDING : 0),
  );
  const sums = total === undefined ? [] : [line(total, 'total', styles.totalRow)];
  if (isShort)
    return [h(View, { key, wrap: false }, title, heads(columns, styles, false), ...lines, ...sums)];
  return [title, h(View, { key }, heads(columns, styles, true), ...lines, ...sums)];
}

function heads(columns: readonly TableColumn[], styles: PageStyles, fixed: boolean): ReactElement {
  // react-pdf takes even a `fixed` that is false for one.
  return h(
    View,
    { key: 'head', style: styles.headRow, wrap: false, ...(fixed && { fixed }) },
    ...columns.map((column) => {
      const style = column.kind === 'number' ? styles.headNumber : styles.headCell;
      return h(Text, { key: column.label, style: { ...style, ...widthOf(column) } }, printable(column.label));
    }),
  );
}

interface Look {
  readonly style: Style;
  /** Points that a line of it may be long. */
  readonly points: number;
}

const PADDING = 8;

/** Amounts too wide for their column are set smaller, all of them. */
function lookOf(column: TableColumn, at: number, { columns, rows, total }: Table, styles: PageStyles): Look {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const points = (column.width / all) * PAGE_WIDTH - PADDING;
  const width = widthOf(column);
  if (column.kind !== 'number')
    return { style: { ...(column.kind === 'code' ? styles.codeCell : styles.cell), ...width }, points };
  const lengths = [...rows, total ?? []].map((row) => lengthOf(row[at] ?? '', 1));
  const fontSize = Math.min(SIZES.body, points / Math.max(1, ...lengths));
  return { style: { ...styles.numberCell, ...width, fontSize }, points: Infinity };
}

function cells(
  row: readonly string[],
  columns: readonly TableColumn[],
  looks: readonly Look[],
): ReactElement[] {
  return columns.map(({ label, kind }, i) => {
    const text = printable(row[i] ?? '');
    const { style = {}, points = Infinity } = looks[i] ?? {};
    const direction = kind === 'text' ? { direction: directionOf(text) } : {};
    return h(Text, { key: label, style: { ...style, ...direction } }, brokenAt(text, points, SIZES.body));
  });
}

function widthOf({ width }: TableColumn): { flexGrow: number; flexBasis: number } {
  return { flexGrow: width, flexBasis: 0 };
}
