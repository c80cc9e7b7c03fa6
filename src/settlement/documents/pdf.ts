// The summary of a settlement on one or two pages, to be handed to whoever answers for the money: how the net comes
// about, where it goes, what it belongs to, and the digests that prove it.

import { showId } from '../../kernel/ids.ts';
import { printPdf, type Block, type PrintedDocument } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { totalOf, type Dimension, type Split } from '../batch.ts';
import { nameOf, SHOWN_DIMENSIONS, splitsOf, type SettlementReport } from './report.ts';
import { amountIn, countIn, nameIn, WORDS } from './words/index.ts';

export function writePdf(report: SettlementReport, language: Language): Promise<Buffer> {
  return printPdf(asPages(report, language));
}

/** Lines of one split on paper; what is below the largest is added up. All of them are in the other formats. */
const MOST_LINES = 12;

function asPages(report: SettlementReport, language: Language): PrintedDocument {
  const { batch } = report;
  const words = WORDS[language];
  const name = nameIn(batch.facts.billerName, language);
  return {
    language,
    title: words.settlementReport,
    party: name,
    subject: [
      { label: words.businessDate, value: batch.businessDate, ltr: true },
      { label: words.valueDate, value: batch.valueDate, ltr: true },
      { label: words.currency, value: batch.currency, ltr: true },
      { label: words.settlementId, value: showId('stl', batch.settlementId), ltr: true },
    ],
    blocks: [
      account(report, language),
      ...direct(report, language),
      ...apart(report, language),
      ...transfers(report, language),
      ...SHOWN_DIMENSIONS.flatMap((dimension) => table(report, language, dimension)),
      digests(report, language),
      { kind: 'note', text: words.digestNote },
    ],
    footer: `${words.settlementReport} – ${name}`,
    pageOf: words.page,
    madeAt: batch.recordedAt,
  };
}

function amountHead({ batch }: SettlementReport, language: Language): string {
  return `${WORDS[language].amount} ${batch.currency}`;
}

type Item = Extract<Block, { kind: 'account' }>['items'][number];

function account(report: SettlementReport, language: Language): Block {
  const { batch } = report;
  const words = WORDS[language];
  const total = totalOf(report.splits);
  const line = (label: string, minor: bigint, more: Partial<Item> = {}): Item => ({
    label,
    value: amountIn(minor, batch.currency, language),
    ...more,
  });
  const count = (n: number) => countIn(n, language);
  const unless = (isNothing: boolean, item: Item): Item[] => (isNothing ? [] : [item]);
  return {
    kind: 'account',
    heads: [words.number, amountHead(report, language)],
    items: [
      line(words.gross, total.grossMinor, { detail: count(total.payments) }),
      line(words.reversed, -total.reversedMinor, { detail: count(total.reversals) }),
      line(words.adjusted, total.adjustedMinor, { detail: count(total.adjustments) }),
      ...unless(batch.feesSetOffMinor === 0n, line(words.feesSetOff, -batch.feesSetOffMinor)),
      ...unless(batch.carriedInMinor === 0n, line(words.carriedIn, batch.carriedInMinor)),
      line(words.net, batch.netMinor, { total: true }),
      ...unless(batch.carriedOutMinor === 0n, line(words.carriedOut, batch.carriedOutMinor)),
      line(words.remitted, batch.remittedMinor, { total: true }),
    ],
  };
}

/** What banks credit to the agency themselves: beside the net, never in it. */
function direct(report: SettlementReport, language: Language): Block[] {
  const total = totalOf(report.splits);
  const { directGrossMinor, directReversedMinor, directAdjustedMinor } = total;
  if (total.directPayments === 0 && directReversedMinor === 0n && directAdjustedMinor === 0n) return [];
  const words = WORDS[language];
  const shown = (minor: bigint) => amountIn(minor, report.batch.currency, language);
  const net = directGrossMinor - directReversedMinor + directAdjustedMinor;
  return [
    {
      kind: 'account',
      heads: [words.number, amountHead(report, language)],
      items: [
        {
          label: words.directGross,
          value: shown(directGrossMinor),
          detail: countIn(total.directPayments, language),
        },
        { label: words.directReversed, value: shown(-directReversedMinor) },
        { label: words.directAdjusted, value: shown(directAdjustedMinor) },
        { label: words.direct, value: shown(net), total: true },
      ],
    },
  ];
}

/** Fees, and money that no bill could take. */
function apart(report: SettlementReport, language: Language): Block[] {
  const words = WORDS[language];
  const { batch } = report;
  const total = totalOf(report.splits);
  const lines: [string, bigint][] = [
    [words.credited, total.creditedMinor],
    [words.payerFees, total.payerFeeMinor],
    [words.billerFees, total.billerFeeMinor],
    [words.taxes, total.taxMinor],
    [words.commissions, total.commissionMinor],
  ];
  const items = lines
    .filter(([, minor]) => minor !== 0n)
    .map(([label, minor]) => ({ label, value: amountIn(minor, batch.currency, language) }));
  const isInvoiced = batch.feesSettled === 'gross' && total.billerFeeMinor !== 0n;
  return [
    ...(items.length === 0
      ? []
      : [{ kind: 'account', heads: ['', amountHead(report, language)], items } as const]),
    ...(isInvoiced ? [{ kind: 'note', text: words.feesOfBillerNote } as const] : []),
  ];
}

function transfers({ batch, remittances }: SettlementReport, language: Language): Block[] {
  const words = WORDS[language];
  if (remittances.length === 0) return [{ kind: 'note', text: words.noRemittance }];
  return [
    {
      kind: 'table',
      title: words.remittances,
      columns: [
        { label: words.holder, width: 30, kind: 'text' },
        { label: words.account, width: 24, kind: 'code' },
        { label: words.valueDate, width: 16, kind: 'code' },
        { label: words.endToEndId, width: 22, kind: 'code' },
        { label: words.amount, width: 22, kind: 'number' },
      ],
      rows: remittances.map((one) => [
        one.holder,
        one.account,
        one.late ? `${one.valueDate} ${words.late}` : one.valueDate,
        one.endToEndId,
        amountIn(one.amountMinor, batch.currency, language),
      ]),
    },
  ];
}

function table(report: SettlementReport, language: Language, dimension: Dimension): Block[] {
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

function digests({ batch }: SettlementReport, language: Language): Block {
  const words = WORDS[language];
  const previous = batch.previousDigest?.toString('hex');
  return {
    kind: 'facts',
    items: [
      { label: words.digest, value: batch.digest.toString('hex'), ltr: true },
      { label: words.previousDigest, value: previous ?? words.firstSettlement, ltr: previous !== undefined },
    ],
  };
}
