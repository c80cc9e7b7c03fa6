// The summary of a settlement on one or two pages, to be handed to whoever answers for the money: how the net comes
// about, where it goes, what it belongs to, and the digests that prove it.

import { localTime } from '../../calendar/index.ts';
import { showId } from '../../kernel/ids.ts';
import { printPdf, type Block, type PrintedDocument } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { totalOf } from '../batch.ts';
import { amountHead, remittanceTable, splitTable } from './pdf-tables.ts';
import { SHOWN_DIMENSIONS, type SettlementReport } from './report.ts';
import { amountIn, countIn, dateIn, nameIn, WORDS } from './words/index.ts';

export function writePdf(report: SettlementReport, language: Language): Promise<Buffer> {
  return printPdf(asPages(report, language));
}

function asPages(report: SettlementReport, language: Language): PrintedDocument {
  const { batch } = report;
  const words = WORDS[language];
  const name = nameIn(batch.facts.billerName, language);
  const settlementId = showId('stl', batch.settlementId);
  const sealedAt = localTime(batch.sealedAt, batch.facts.timeZone);
  return {
    language,
    title: words.settlementReport,
    party: name,
    subject: [
      { label: words.businessDate, value: dateIn(batch.businessDate, language) },
      { label: words.valueDate, value: dateIn(batch.valueDate, language) },
      { label: words.currency, value: batch.currency, ltr: true },
      { label: words.settlementId, value: settlementId, ltr: true },
      { label: words.sealedAt, value: sealedAt.replace('T', ' '), ltr: true },
    ],
    blocks: [
      account(report, language),
      ...direct(report, language),
      ...apart(report, language),
      ...remittanceTable(report, language),
      ...SHOWN_DIMENSIONS.flatMap((dimension) => splitTable(report, language, dimension)),
      {
        kind: 'together',
        blocks: [
          { kind: 'signatures', labels: words.signatures, hint: words.signatureHint },
          digests(report, language),
          { kind: 'note', text: words.digestNote },
        ],
      },
    ],
    footer: `${words.settlementReport} – ${name}`,
    footerCode: `${batch.businessDate}  ${settlementId}`,
    pageOf: words.page,
    madeAt: batch.recordedAt,
  };
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
      title: words.direct,
      heads: [words.number, amountHead(report, language)],
      items: [
        {
          label: words.directGross,
          value: shown(directGrossMinor),
          detail: countIn(total.directPayments, language),
        },
        { label: words.directReversed, value: shown(-directReversedMinor) },
        { label: words.directAdjusted, value: shown(directAdjustedMinor) },
        { label: words.total, value: shown(net), total: true },
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
      : [{ kind: 'account', title: words.apart, heads: ['', amountHead(report, language)], items } as const]),
    ...(isInvoiced ? [{ kind: 'note', text: words.feesOfBillerNote } as const] : []),
  ];
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
