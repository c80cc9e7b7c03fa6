// The blocks of a printed document as react-pdf elements.

import { Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import { tableOf } from './print-table.ts';
import type { PageStyles } from './print-styles.ts';
import { printable } from './print-text.ts';
import type { Block } from './printed-document.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** Siblings of the page: only those are moved to the next one with what follows them. */
export function blockOf(block: Block, styles: PageStyles, key: string): ReactElement[] {
  switch (block.kind) {
    case 'facts':
      return [facts(block, styles, key)];
    case 'account':
      return [account(block, styles, key)];
    case 'table':
      return tableOf(block, styles, key);
    case 'heading':
      return [h(Text, { key, style: styles.tableTitle, minPresenceAhead: 30 }, printable(block.text))];
    case 'note':
      return [h(Text, { key, style: styles.note }, printable(block.text))];
    case 'signatures':
      return [signatures(block, styles, key)];
    case 'together': {
      const inside = block.blocks.flatMap((each, i) => blockOf(each, styles, `${key}-${i}`));
      return [h(View, { key, wrap: false }, ...inside)];
    }
  }
}

function facts({ items }: BlockOf<'facts'>, styles: PageStyles, key: string): ReactElement {
  const lines = items.map(({ label, value, ltr }) =>
    h(
      View,
      { key: label, style: styles.fact, wrap: false },
      h(Text, { style: styles.factLabel }, printable(label)),
      h(Text, { style: ltr === true ? styles.digest : styles.text }, printable(value)),
    ),
  );
  return h(View, { key, style: styles.facts }, ...lines);
}

function account({ title, heads, items }: BlockOf<'account'>, styles: PageStyles, key: string): ReactElement {
  const [detail, value] = heads;
  const head = h(
    View,
    { key: 'head', style: styles.accountRow },
    h(
      Text,
      { style: title === undefined ? styles.accountLabel : styles.accountTitle },
      printable(title ?? ''),
    ),
    h(Text, { style: styles.amountHead }, printable(detail)),
    h(Text, { style: styles.amountHead }, printable(value)),
  );
  const lines = items.map(({ label, value, total, detail }) =>
    h(
      View,
      { key: label, style: total === true ? styles.accountTotal : styles.accountRow },
      h(Text, { style: styles.accountLabel }, printable(label)),
      h(Text, { style: styles.amount }, detail ?? ''),
      h(Text, { style: styles.amount }, value),
    ),
  );
  return h(View, { key, style: styles.account, wrap: false }, head, ...lines);
}

function signatures({ labels, hint }: BlockOf<'signatures'>, styles: PageStyles, key: string): ReactElement {
  const places = labels.map((label) =>
    h(
      View,
      { key: label, style: styles.signature },
      h(Text, { style: styles.signatureLabel }, printable(label)),
      h(Text, { style: styles.signatureHint }, printable(hint)),
    ),
  );
  return h(View, { key, style: styles.signatures, wrap: false }, ...places);
}
