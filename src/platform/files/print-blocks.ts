// The blocks of a printed document as react-pdf elements.

import { Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import type { Block, TableColumn } from './printed-document.ts';
import type { PageStyles } from './print-styles.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** Arabic and its neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/** A name reads in its own direction, whatever the page's. */
function directionOf(text: string): { direction: 'rtl' | 'ltr' } {
  return { direction: RIGHT_TO_LEFT.test(text) ? 'rtl' : 'ltr' };
}

export function blockOf(block: Block, styles: PageStyles, key: string): ReactElement {
  switch (block.kind) {
    case 'facts':
      return facts(block, styles, key);
    case 'account':
      return account(block, styles, key);
    case 'table':
      return table(block, styles, key);
    case 'note':
      return h(Text, { key, style: styles.note }, block.text);
  }
}

function facts({ items }: BlockOf<'facts'>, styles: PageStyles, key: string): ReactElement {
  const lines = items.map(({ label, value, ltr }) =>
    h(
      View,
      { key: label, style: styles.fact, wrap: false },
      h(Text, { style: styles.factLabel }, label),
      h(Text, { style: ltr === true ? styles.code : styles.text }, value),
    ),
  );
  return h(View, { key, style: styles.facts }, ...lines);
}

function account({ heads, items }: BlockOf<'account'>, styles: PageStyles, key: string): ReactElement {
  const [detail, value] = heads;
  const head = h(
    View,
    { key: 'head', style: styles.accountRow, wrap: false },
    h(Text, { style: styles.accountLabel }, ''),
    h(Text, { style: styles.amountHead }, detail),
    h(Text, { style: styles.amountHead }, value),
  );
  const lines = items.map(({ label, value, total, detail }) =>
    h(
      View,
      { key: label, style: total === true ? styles.accountTotal : styles.accountRow, wrap: false },
      h(Text, { style: { ...styles.accountLabel, fontWeight: total === true ? 700 : 400 } }, label),
      h(Text, { style: styles.amount }, detail ?? ''),
      h(Text, { style: total === true ? styles.amountTotal : styles.amount }, value),
    ),
  );
  return h(View, { key, style: styles.account }, head, ...lines);
}

function table(block: BlockOf<'table'>, styles: PageStyles, key: string): ReactElement {
  const { title, columns, rows, total } = block;
  const header = h(
    View,
    { key: 'head', style: styles.headRow, wrap: false },
    ...columns.map((column) => {
      const style = column.kind === 'number' ? styles.headNumber : styles.headCell;
      return h(Text, { key: column.label, style: { ...style, ...widthOf(column) } }, column.label);
    }),
  );
  const lines = rows.map((row, i) =>
    h(View, { key: `row-${i}`, style: styles.row, wrap: false }, ...cells(row, columns, styles)),
  );
  const sums =
    total === undefined
      ? []
      : [h(View, { key: 'total', style: styles.totalRow, wrap: false }, ...cells(total, columns, styles))];
  // The title stays with the head and the first lines.
  const opening = h(
    View,
    { key: 'opening', wrap: false },
    h(Text, { style: styles.tableTitle }, title),
    header,
    ...lines.slice(0, 2),
  );
  return h(View, { key }, opening, ...lines.slice(2), ...sums);
}

function cells(row: readonly string[], columns: readonly TableColumn[], styles: PageStyles): ReactElement[] {
  const looks = { text: styles.cell, number: styles.numberCell, code: styles.codeCell };
  return columns.map((column, i) => {
    const text = row[i] ?? '';
    const direction = column.kind === 'text' ? directionOf(text) : {};
    return h(
      Text,
      { key: column.label, style: { ...looks[column.kind], ...widthOf(column), ...direction } },
      text,
    );
  });
}

function widthOf({ width }: TableColumn): { flexGrow: number; flexBasis: number } {
  return { flexGrow: width, flexBasis: 0 };
}
