// The performance report as a workbook: volumes, refusals, speed, hours.

import type { Biller } from '../../billers/index.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import { dateSerial, writeWorkbook, type Cell, type Row, type Sheet } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { nameIn, WORDS } from '../documents/words/index.ts';
import type { PerformanceAnswer, Speed } from './performance-schema.ts';
import { REPORT_WORDS, type ReportWords } from './words.ts';

export function performanceWorkbook(
  report: PerformanceAnswer,
  biller: Pick<Biller, 'name' | 'currency'>,
  language: Language,
): AsyncGenerator<Buffer, void, undefined> {
  const words = WORDS[language];
  const said = REPORT_WORDS[language];
  const title = `${words.performanceReport} – ${nameIn(biller.name, language)} – ${report.from} – ${report.to}`;
  return writeWorkbook({
    title,
    // Nothing of the clock: the same figures give the same file.
    madeAt: new Date(`${report.to}T00:00:00Z`),
    rightToLeft: language === 'ar',
    scale: exponentOf(biller.currency) ?? 0,
    sheets: [
      volumes(report, said, [words.date, words.payments, words.amount, said.credited, said.reversedLater]),
      refusals(report, said),
      speed(report, said),
      hours(report, said),
    ],
  });
}

const head = (...texts: string[]): Row => texts.map((text) => ({ text, style: 'header' }));
const count = (n: number): Cell => ({ number: String(n), style: 'count' });

function volumes(report: PerformanceAnswer, said: ReportWords, heads: string[]): Sheet {
  const last = report.volumes.length + 1;
  const sum = (column: string, style: 'count-total' | 'money-total', number: string): Cell =>
    last === 1 ? { number, style } : { formula: `SUM(${column}2:${column}${last})`, number, style };
  const all = (of: (row: PerformanceAnswer['volumes'][number]) => number) =>
    String(report.volumes.reduce((total, row) => total + of(row), 0));
  return {
    name: said.volumes,
    widths: [16, 14, 20, 14, 14],
    frozenRows: 1,
    rows: [
      head(...heads),
      ...report.volumes.map((row): Row => [
        { number: dateSerial(row.date), style: 'date' },
        count(row.payments),
        { number: row.amount.value, style: 'money' },
        count(row.credited),
        count(row.reversed),
      ]),
      [
        { text: said.total, style: 'bold' },
        sum(
          'B',
          'count-total',
          all((row) => row.payments),
        ),
        sum('C', 'money-total', amountOf(report)),
        sum(
          'D',
          'count-total',
          all((row) => row.credited),
        ),
        sum(
          'E',
          'count-total',
          all((row) => row.reversed),
        ),
      ],
    ],
  };
}

/** Decimal text of the sum: the amounts have the same number of decimals. */
function amountOf({ volumes }: PerformanceAnswer): string {
  const scale = volumes[0]?.amount.value.split('.')[1]?.length ?? 0;
  const total = volumes.reduce((sum, { amount }) => sum + BigInt(amount.value.replace('.', '')), 0n);
  const digits = total.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function refusals(report: PerformanceAnswer, said: ReportWords): Sheet {
  return {
    name: said.refusals,
    widths: [30, 14, 24],
    frozenRows: 1,
    rows: [
      head(said.reason, said.count, said.failure),
      ...report.refusals.map((row): Row => [
        { text: row.code },
        count(row.count),
        { text: row.failure ? said.yes : said.no },
      ]),
    ],
  };
}

function speed(report: PerformanceAnswer, said: ReportWords): Sheet {
  const line = (text: string, of: Speed): Row => [
    { text },
    count(of.count),
    ...[of.p50Ms, of.p95Ms, of.p99Ms].map((ms): Cell =>
      ms === null ? undefined : { number: String(ms), style: 'decimal' },
    ),
  ];
  return {
    name: said.speed,
    widths: [40, 14, 20, 20, 20],
    frozenRows: 1,
    rows: [
      head(said.of, said.count, said.p50, said.p95, said.p99),
      line(said.payments, report.payments),
      line(said.inquiries, report.inquiries),
      line(said.confirmations, report.confirmations),
      [{ text: said.aside }, count(report.confirmations.aside)],
    ],
  };
}

function hours(report: PerformanceAnswer, said: ReportWords): Sheet {
  return {
    name: said.hours,
    widths: [20, 14, 14, 20, 14],
    frozenRows: 1,
    rows: [
      head(said.hour, said.answers, said.failures, said.minutesUp, said.minutes),
      ...report.hours.map((row): Row => [
        { text: row.hour },
        count(row.answers),
        count(row.failures),
        count(row.minutesUp),
        count(row.minutes),
      ]),
    ],
  };
}
