// The tables of a settlement's summary: where the money goes, and what it belongs to.

import type { Block } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { totalOf, type Dimension, type Split } from '../batch.ts';
import { nameOf, splitsOf, type PlannedRemittance, type SettlementReport } from './report.ts';
import { amountIn, countIn, WORDS } from './words/index.ts';

/** Lines of one split on paper; what is below the largest is added up. All of them are in the other formats. */
const MOST_LINES = 12;

export function amountHead({ batch }: SettlementReport, language: Language): string {
  return `${WORDS[language].amount} (${batch.currency})`;
}

export function remittanceTable(report: SettlementReport, language: Language): Block[] {
  const { batch, remittances } = report;
  const words = WORDS[language];
  if (remittances.length === 0)
    return [
      { kind: 'heading', text: words.remittances },
      { kind: 'note', text: words.noRemittance },
    ];
  const hasUnits = remittances.some(({ unit }) => unit !== '');
  const unitOf = ({ unit: key }: PlannedRemittance) =>
    key === '' ? '' : nameOf({ dimension: 'unit', key }, batch.facts, language);
  return [
    {
      kind: 'table',
      title: words.remittances,
      columns: [
        { label: words.holder, width: 32, kind: 'text' },
        ...(hasUnits ? [{ label: words.columns.unit, width: 14, kind: 'text' } as const] : []),
        { label: words.account, width: 18, kind: 'code' },
        { label: words.valueDate, width: 16, kind: 'code' },
        { label: words.endToEndId, width: 26, kind: 'code' },
        { label: amountHead(report, language), width: 22, kind: 'number' },
      ],
      rows: remittances.map((one) => [
        one.holder,
        ...(hasUnits ? [unitOf(one)] : []),
        one.account.replace(/\*{5,}/, '****'),
        one.late ? `${one.valueDate} ${words.late}` : one.valueDate,
        one.endToEndId,
        amountIn(one.amountMinor, batch.currency, language),
      ]),
    },
  ];
}

export function splitTable(report: SettlementReport, language: Language, dimension: Dimension): Block[] {
  const words = WORDS[language];
  const { currency, facts } = report.batch;
  const splits = [...splitsOf(report, dimension)].sort(byAmount);
  if (splits.length === 0) return [];
  const hasDirect = totalOf(report.splits).directPayments > 0;
  const row = (name: string, those: readonly Split[]): string[] => {
    const sum = (of: (split: Split) => bigint) =>
      amountIn(
        those.reduce((all, split) => all + of(split), 0n),
        currency,
        language,
      );
    return [
      name,
      countIn(
        those.reduce((all, split) => all + split.payments + split.directPayments, 0),
        language,
      ),
      sum((split) => split.grossMinor),
      sum((split) => split.adjustedMinor - split.reversedMinor),
      ...(hasDirect ? [sum((s) => s.directGrossMinor - s.directReversedMinor + s.directAdjustedMinor)] : []),
      sum((split) => split.netMinor),
    ];
  };
  const isLong = splits.length > MOST_LINES + 1;
  const shown = isLong ? splits.slice(0, MOST_LINES) : splits;
  const rest = isLong ? splits.slice(MOST_LINES) : [];
  return [
    {
      kind: 'table',
      title: words.by[dimension],
      columns: [
        { label: words.name, width: 34, kind: 'text' },
        { label: words.payments, width: 16, kind: 'number' },
        { label: words.grossShort, width: 22, kind: 'number' },
        { label: words.reversedAndAdjusted, width: 22, kind: 'number' },
        ...(hasDirect ? [{ label: words.directGross, width: 20, kind: 'number' } as const] : []),
        { label: words.net, width: 22, kind: 'number' },
      ],
      rows: [
        ...shown.map((split) => row(nameOf(split, facts, language), [split])),
        ...(rest.length === 0 ? [] : [row(words.others(rest.length), rest)]),
      ],
      total: row(words.total, splits),
    },
  ];
}

/** The largest first; equal ones by their code, so that the order is always the same. */
function byAmount(a: Split, b: Split): number {
  const [x, y] = [a.grossMinor + a.directGrossMinor, b.grossMinor + b.directGrossMinor];
  if (x !== y) return x > y ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
