// The first sheet: whose day it is, how the net comes about (by formulas, so that it can be followed), where the money
// goes, and the digests.

import { showId } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import { dateSerial, type Cell, type Row, type Sheet } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { totalOf } from '../batch.ts';
import type { SettlementReport } from './report.ts';
import { nameIn, WORDS } from './words/index.ts';

export function summarySheet(report: SettlementReport, language: Language): Sheet {
  const words = WORDS[language];
  return {
    name: words.sheets.summary,
    widths: [46, 24, 24, 30, 22, 20],
    frozenRows: 2,
    rows: [
      ...heading(report, language),
      ...account(report, language),
      ...transfers(report, language),
      ...digests(report, language),
    ],
  };
}

const bold = (text: string): Cell => ({ text, style: 'bold' });
const plain = (text: string): Cell => ({ text });

function heading({ batch }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  return [
    [{ text: `${words.settlementReport} – ${nameIn(batch.facts.billerName, language)}`, style: 'title' }],
    [plain(words.businessDate), { number: dateSerial(batch.businessDate), style: 'date' }],
    [plain(words.settlementId), plain(showId('stl', batch.settlementId))],
    [plain(words.currency), plain(batch.currency)],
    [plain(words.valueDate), { number: dateSerial(batch.valueDate), style: 'date' }],
    [],
  ];
}

/** Rows 7 to 22; formulas name them. */
function account(report: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  const { batch } = report;
  const total = totalOf(report.splits);
  const money = (minor: bigint): Cell => ({ number: formatMinor(minor, batch.currency), style: 'money' });
  const sum = (formula: string, minor: bigint): Cell => ({
    formula,
    number: formatMinor(minor, batch.currency),
    style: 'money-total',
  });
  const count = (n: number): Cell => ({ number: String(n), style: 'count' });
  const direct = total.directGrossMinor - total.directReversedMinor + total.directAdjustedMinor;
  return [
    [
      { text: '', style: 'header' },
      { text: words.amount, style: 'header' },
      { text: words.payments, style: 'header' },
    ],
    [plain(words.gross), money(total.grossMinor), count(total.payments)],
    [plain(words.reversed), money(-total.reversedMinor), count(total.reversals)],
    [plain(words.adjusted), money(total.adjustedMinor), count(total.adjustments)],
    [plain(words.feesSetOff), money(-batch.feesSetOffMinor)],
    [plain(words.carriedIn), money(batch.carriedInMinor)],
    [bold(words.net), sum('SUM(B8:B12)', batch.netMinor)],
    [plain(words.carriedOut), money(batch.carriedOutMinor)],
    [bold(words.remitted), sum('B13-B14', batch.remittedMinor)],
    [],
    [plain(words.directGross), money(total.directGrossMinor), count(total.directPayments)],
    [plain(words.directReversed), money(-total.directReversedMinor)],
    [plain(words.directAdjusted), money(total.directAdjustedMinor)],
    [bold(words.direct), sum('SUM(B17:B19)', direct)],
    [plain(words.credited), money(total.creditedMinor), count(total.credited)],
    [plain(words.payerFees), money(total.payerFeeMinor)],
    [plain(words.billerFees), money(total.billerFeeMinor)],
    [plain(words.taxes), money(total.taxMinor)],
    [plain(words.commissions), money(total.commissionMinor)],
    [],
  ];
}

function transfers({ batch, remittances }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  if (remittances.length === 0) return [[bold(words.remittances)], [plain(words.noRemittance)], []];
  const heads = [
    words.remittances,
    words.amount,
    words.valueDate,
    words.account,
    words.endToEndId,
    words.columns.unit,
  ];
  return [
    heads.map((text) => ({ text, style: 'header' })),
    ...remittances.map((one): Row => [
      plain(one.holder),
      { number: formatMinor(one.amountMinor, batch.currency), style: 'money' },
      { number: dateSerial(one.valueDate), style: 'date' },
      plain(one.account),
      plain(one.endToEndId),
      plain(one.unit),
    ]),
    [],
  ];
}

function digests({ batch }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  return [
    [plain(words.digest), plain(batch.digest.toString('hex'))],
    [plain(words.previousDigest), plain(batch.previousDigest?.toString('hex') ?? words.firstSettlement)],
  ];
}
