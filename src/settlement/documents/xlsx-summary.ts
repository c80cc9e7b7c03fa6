// The first sheet: whose day it is, how the net comes about (by formulas, so that it can be followed), where the money
// goes, and the digests.

import { showId } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import { dateSerial, type Cell, type Row, type Sheet } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { totalOf } from '../batch.ts';
import { nameOf, type SettlementReport } from './report.ts';
import { dateIn, nameIn, WORDS } from './words/index.ts';

export function summarySheet(report: SettlementReport, language: Language): Sheet {
  const words = WORDS[language];
  return {
    name: words.sheets.summary,
    widths: [50, 32, 20, 24, 22, 22, 12],
    frozenRows: 1,
    rows: [
      ...heading(report, language),
      ...account(report, language),
      ...transfers(report, language),
      ...digests(report, language),
    ],
  };
}

const bold = (text: string): Cell => ({ text, style: 'total' });
const plain = (text: string): Cell => ({ text });
const code = (text: string): Cell => ({ text, style: 'code' });
const header = (text: string): Cell => ({ text, style: 'header' });
const date = (day: string): Cell => ({ number: dateSerial(day), style: 'date' });
const note = (text: string): Cell => ({ text, style: 'note' });
const headerEnd = (text: string): Cell => ({ text, style: 'header-end' });

function heading({ batch }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  return [
    [{ text: `${words.settlementReport} – ${nameIn(batch.facts.billerName, language)}`, style: 'title' }],
    [plain(words.businessDate), date(batch.businessDate), note(dateIn(batch.businessDate, language))],
    [plain(words.settlementId), code(showId('stl', batch.settlementId))],
    [plain(words.currency), code(batch.currency)],
    [plain(words.valueDate), date(batch.valueDate), note(dateIn(batch.valueDate, language))],
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
    [header(''), headerEnd(`${words.amount} (${batch.currency})`), headerEnd(words.number)],
    [plain(words.gross), money(total.grossMinor), count(total.payments)],
    [plain(words.reversed), money(-total.reversedMinor), count(total.reversals)],
    [plain(words.adjusted), money(total.adjustedMinor), count(total.adjustments)],
    [plain(words.feesSetOff), money(-batch.feesSetOffMinor), undefined],
    [plain(words.carriedIn), money(batch.carriedInMinor), undefined],
    [bold(words.net), sum('SUM(B8:B12)', batch.netMinor), bold('')],
    [plain(words.carriedOut), money(batch.carriedOutMinor), undefined],
    [bold(words.remitted), sum('B13-B14', batch.remittedMinor), bold('')],
    [],
    [plain(words.directGross), money(total.directGrossMinor), count(total.directPayments)],
    [plain(words.directReversed), money(-total.directReversedMinor), undefined],
    [plain(words.directAdjusted), money(total.directAdjustedMinor), undefined],
    [bold(words.direct), sum('SUM(B17:B19)', direct), bold('')],
    [plain(words.credited), money(total.creditedMinor), count(total.credited)],
    [plain(words.payerFees), money(total.payerFeeMinor), undefined],
    [plain(words.billerFees), money(total.billerFeeMinor), undefined],
    [plain(words.taxes), money(total.taxMinor), undefined],
    [plain(words.commissions), money(total.commissionMinor), undefined],
    [],
  ];
}

function transfers({ batch, remittances }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  const title: Row = [{ text: words.remittances, style: 'heading' }];
  if (remittances.length === 0) return [title, [plain(words.noRemittance)], []];
  return [
    title,
    [
      ...[words.holder, words.account, words.valueDate, words.endToEndId, words.columns.unit].map(header),
      headerEnd(`${words.amount} (${batch.currency})`),
      header(''),
    ],
    ...remittances.map((one): Row => [
      plain(one.holder),
      code(one.account),
      date(one.valueDate),
      code(one.endToEndId),
      plain(one.unit === '' ? '' : nameOf({ dimension: 'unit', key: one.unit }, batch.facts, language)),
      { number: formatMinor(one.amountMinor, batch.currency), style: 'money' },
      plain(one.late ? words.late : ''),
    ]),
    [],
  ];
}

function digests({ batch }: SettlementReport, language: Language): Row[] {
  const words = WORDS[language];
  return [
    [plain(words.digest), { text: batch.digest.toString('hex'), style: 'digest' }],
    [
      plain(words.previousDigest),
      batch.previousDigest === null
        ? plain(words.firstSettlement)
        : { text: batch.previousDigest.toString('hex'), style: 'digest' },
    ],
  ];
}
