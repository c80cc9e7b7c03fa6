// The sheet of splits: one block for each dimension under the same columns, its totals by formula.

import { formatMinor } from '../../kernel/money.ts';
import { columnName, type Cell, type Row, type Sheet } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import type { Dimension, Split } from '../batch.ts';
import { nameOf, SHOWN_DIMENSIONS, splitsOf, type SettlementReport } from './report.ts';
import { WORDS, type Words } from './words/index.ts';

interface Column {
  readonly label: (words: Words) => string;
  readonly kind: 'count' | 'money';
  readonly of: (split: Split) => bigint;
}

const count = (label: Column['label'], of: (split: Split) => number): Column => ({
  label,
  kind: 'count',
  of: (split) => BigInt(of(split)),
});
const money = (label: Column['label'], of: Column['of']): Column => ({ label, kind: 'money', of });

const COLUMNS: readonly Column[] = [
  count(
    (w) => w.payments,
    (s) => s.payments,
  ),
  count(
    (w) => w.bills,
    (s) => s.bills,
  ),
  money(
    (w) => w.gross,
    (s) => s.grossMinor,
  ),
  count(
    (w) => w.reversals,
    (s) => s.reversals,
  ),
  money(
    (w) => w.reversed,
    (s) => -s.reversedMinor,
  ),
  count(
    (w) => w.adjustments,
    (s) => s.adjustments,
  ),
  money(
    (w) => w.adjusted,
    (s) => s.adjustedMinor,
  ),
  money(
    (w) => w.net,
    (s) => s.netMinor,
  ),
  money(
    (w) => w.directGross,
    (s) => s.directGrossMinor,
  ),
  money(
    (w) => w.directReversed,
    (s) => -s.directReversedMinor,
  ),
  money(
    (w) => w.directAdjusted,
    (s) => s.directAdjustedMinor,
  ),
  money(
    (w) => w.creditedShort,
    (s) => s.creditedMinor,
  ),
  money(
    (w) => w.payerFees,
    (s) => s.payerFeeMinor,
  ),
  money(
    (w) => w.billerFees,
    (s) => s.billerFeeMinor,
  ),
  money(
    (w) => w.taxes,
    (s) => s.taxMinor,
  ),
  money(
    (w) => w.commissions,
    (s) => s.commissionMinor,
  ),
];

/** Columns before the sums: dimension, code, name. */
const LEADING = 3;

export function splitSheet(report: SettlementReport, language: Language): Sheet {
  const words = WORDS[language];
  const rows: Row[] = [
    [
      ...[words.split, words.code, words.name].map((text): Cell => ({ text, style: 'header' })),
      ...COLUMNS.map(({ label }): Cell => ({ text: label(words), style: 'header-end' })),
    ],
  ];
  for (const dimension of SHOWN_DIMENSIONS) {
    const splits = splitsOf(report, dimension);
    if (splits.length > 0) rows.push(...block(report, language, dimension, splits, rows.length + 1), []);
  }
  const widths = [30, 24, 30, ...COLUMNS.map(({ kind }) => (kind === 'count' ? 16 : 18))];
  return { name: words.sheets.splits, widths, frozenRows: 1, rows };
}

/** `first`: the number of its first row in the sheet. */
function block(
  { batch }: SettlementReport,
  language: Language,
  dimension: Dimension,
  splits: readonly Split[],
  first: number,
): Row[] {
  const words = WORDS[language];
  const last = first + splits.length - 1;
  const shown = (kind: Column['kind'], value: bigint): string =>
    kind === 'money' ? formatMinor(value, batch.currency) : value.toString();
  const lines = splits.map((split): Row => [
    { text: words.by[dimension] },
    { text: split.key, style: 'code' },
    { text: nameOf(split, batch.facts, language) },
    ...COLUMNS.map(({ kind, of }): Cell => ({ number: shown(kind, of(split)), style: kind })),
  ]);
  const totals = COLUMNS.map(({ kind, of }, i): Cell => {
    const name = columnName(LEADING + i);
    const sum = splits.reduce((all, split) => all + of(split), 0n);
    return {
      formula: `SUM(${name}${first}:${name}${last})`,
      number: shown(kind, sum),
      style: `${kind}-total`,
    };
  });
  const blank: Cell = { text: '', style: 'total' };
  return [...lines, [{ text: words.total, style: 'total' }, blank, blank, ...totals]];
}
