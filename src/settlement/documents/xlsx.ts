// A settlement as a workbook: summary, splits and every line of the detail, in the reader's language; right to left in
// Arabic. Cells are typed, totals are formulas with their results, amounts never pass through a float on the way.

import { exponentOf } from '../../kernel/currencies.ts';
import type { Database } from '../../platform/db/index.ts';
import { writeWorkbook, type Sheet } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import type { SettlementReport } from './report.ts';
import { dateIn, nameIn, WORDS } from './words/index.ts';
import { paymentSheets } from './xlsx-payments.ts';
import { splitSheet } from './xlsx-splits.ts';
import { summarySheet } from './xlsx-summary.ts';

export function writeXlsx(
  database: Database,
  report: SettlementReport,
  language: Language,
): AsyncGenerator<Buffer, void, undefined> {
  const { batch } = report;
  return writeWorkbook({
    title: [
      WORDS[language].settlementReport,
      nameIn(batch.facts.billerName, language),
      dateIn(batch.businessDate, language),
    ].join(' – '),
    madeAt: batch.recordedAt,
    rightToLeft: language === 'ar',
    scale: exponentOf(batch.currency) ?? 0,
    sheets: sheetsOf(database, report, language),
  });
}

async function* sheetsOf(
  database: Database,
  report: SettlementReport,
  language: Language,
): AsyncGenerator<Sheet> {
  yield summarySheet(report, language);
  yield splitSheet(report, language);
  yield* paymentSheets(database, report.batch, language);
}
