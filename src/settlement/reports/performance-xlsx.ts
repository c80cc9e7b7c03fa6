// The performance report as a workbook: whose it is and how the service was on the whole, volumes, refusals, speed, hours.

import type { Biller } from '../../billers/index.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import {
  dateSerial,
  instantSerial,
  writeWorkbook,
  type Cell,
  type Row,
  type Sheet,
} from '../../platform/files/index.ts';
import { problemTitle, type Language } from '../../platform/http/index.ts';
import { nameIn, periodIn, WORDS } from '../documents/words/index.ts';
import type { PerformanceAnswer, Speed } from './performance-schema.ts';
import { REPORT_WORDS, type ReportWords } from './words.ts';

export function performanceWorkbook(
  report: PerformanceAnswer,
  biller: Pick<Biller, 'name' | 'currency'>,
  language: Language,
): AsyncGenerator<Buffer, void, undefined> {
  const words = WORDS[language];
  const title = `${words.performanceReport} – ${nameIn(biller.name, language)}`;
  return writeWorkbook({
    title: `${title} – ${periodIn(report.from, report.to, language)}`,
    // Nothing of the clock: the same figures give the same file.
    madeAt: new Date(`${report.to}T00:00:00Z`),
    rightToLeft: language === 'ar',
    scale: exponentOf(biller.currency) ?? 0,
    sheets: [
      overview(report, title, language),
      volumes(report, biller.currency, language),
      refusals(report, language),
      hours(report, REPORT_WORDS[language]),
    ],
  });
}

const head = (first: string, ...others: string[]): Row => [
  { text: first, style: 'header' },
  ...others.map((text): Cell => ({ text, style: 'header-end' })),
];
const count = (n: number): Cell => ({ number: String(n), style: 'count' });

/** The first sheet: the span, what share of it the service was there, and how fast it answered. */
function overview(report: PerformanceAnswer, title: string, language: Language): Sheet {
  const said = REPORT_WORDS[language];
  const share = (of: number | null): Cell =>
    of === null ? { text: '–', style: 'code' } : { number: String(of), style: 'percent' };
  const line = (text: string, of: Speed): Row => [
    { text },
    count(of.count),
    ...[of.p50Ms, of.p95Ms, of.p99Ms].map((ms): Cell =>
      ms === null ? undefined : { number: String(ms), style: 'decimal' },
    ),
  ];
  return {
    name: said.overview,
    widths: [46, 24, 18, 18, 18],
    frozenRows: 0,
    rows: [
      [{ text: title, style: 'title' }],
      [{ text: periodIn(report.from, report.to, language), style: 'heading' }],
      [],
      [{ text: said.timeZone }, { text: report.timeZone, style: 'code' }],
      [{ text: said.up }, share(report.availability.up)],
      [{ text: said.answered }, share(report.availability.answered)],
      [],
      head(said.speed, said.count, said.p50, said.p95, said.p99),
      line(said.payments, report.payments),
      line(said.inquiries, report.inquiries),
      line(said.confirmations, report.confirmations),
      [{ text: said.aside }, count(report.confirmations.aside), undefined, undefined, undefined],
    ],
  };
}

function volumes(report: PerformanceAnswer, currency: string, language: Language): Sheet {
  const words = WORDS[language];
  const said = REPORT_WORDS[language];
  const last = report.volumes.length + 1;
  const sum = (column: string, style: 'count-total' | 'money-total', number: string): Cell =>
    last === 1 ? { number, style } : { formula: `SUM(${column}2:${column}${last})`, number, style };
  const all = (of: (row: PerformanceAnswer['volumes'][number]) => number) =>
    String(report.volumes.reduce((total, row) => total + of(row), 0));
  return {
    name: said.volumes,
    widths: [18, 16, 22, 18, 16],
    frozenRows: 1,
    rows: [
      head(words.date, words.payments, `${words.amount} (${currency})`, said.credited, said.reversedLater),
      ...report.volumes.map((row): Row => [
        { number: dateSerial(row.date), style: 'date' },
        count(row.payments),
        { number: row.amount.value, style: 'money' },
        count(row.credited),
        count(row.reversed),
      ]),
      [
        { text: words.total, style: 'total' },
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

function refusals(report: PerformanceAnswer, language: Language): Sheet {
  const said = REPORT_WORDS[language];
  const heads = [said.reason, said.code, said.failure].map((text): Cell => ({ text, style: 'header' }));
  return {
    name: said.refusals,
    widths: [60, 28, 24, 14],
    frozenRows: 1,
    rows: [
      [...heads, { text: said.count, style: 'header-end' }],
      ...report.refusals.map((row): Row => [
        { text: problemTitle(language, row.code) },
        { text: row.code, style: 'code' },
        { text: row.failure ? said.yes : said.no },
        count(row.count),
      ]),
      ...(report.refusals.length === 0 ? [[{ text: said.noRefusals, style: 'note' } as const]] : []),
    ],
  };
}

function hours(report: PerformanceAnswer, said: ReportWords): Sheet {
  return {
    name: said.hours,
    widths: [22, 16, 16, 20, 16],
    frozenRows: 1,
    rows: [
      head(said.hour, said.answers, said.failures, said.minutesUp, said.minutes),
      ...report.hours.map((row): Row => [
        { number: instantSerial(row.hour), style: 'minute' },
        count(row.answers),
        count(row.failures),
        count(row.minutesUp),
        count(row.minutes),
      ]),
      ...(report.hours.length === 0 ? [[{ text: said.noHours, style: 'note' } as const]] : []),
    ],
  };
}
