// The totals of a day as a workbook of one sheet.

import type { Biller } from '../../billers/index.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import { columnName, dateSerial, writeWorkbook, type Cell, type Row } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { nameIn, WORDS } from '../documents/words/index.ts';
import type { DailyAnswer, DailyTotals } from './daily-schema.ts';
import { REPORT_WORDS } from './words.ts';

const COLUMNS = [
  ['payments', 'count'],
  ['bills', 'count'],
  ['gross', 'money'],
  ['reversals', 'count'],
  ['reversed', 'money'],
  ['adjusted', 'money'],
  ['net', 'money'],
  ['direct', 'money'],
  ['credited', 'money'],
  ['payerFees', 'money'],
  ['billerFees', 'money'],
] as const satisfies readonly (readonly [keyof DailyTotals, 'count' | 'money'])[];

export function dailyWorkbook(
  day: DailyAnswer,
  biller: Pick<Biller, 'name'>,
  language: Language,
): AsyncGenerator<Buffer, void, undefined> {
  const words = WORDS[language];
  const title = `${words.dailyReport} – ${nameIn(biller.name, language)}`;
  return writeWorkbook({
    title,
    madeAt: new Date(day.asOf),
    rightToLeft: language === 'ar',
    scale: exponentOf(day.currency) ?? 0,
    sheets: [
      {
        name: words.dailyReport,
        widths: [26, 14, 14, ...COLUMNS.slice(2).map(() => 16)],
        frozenRows: 0,
        rows: [...heading(day, title, language), ...blocks(day, language)],
      },
    ],
  });
}

function heading(day: DailyAnswer, title: string, language: Language): Row[] {
  const words = WORDS[language];
  const report = REPORT_WORDS[language];
  return [
    [{ text: title, style: 'title' }],
    [{ text: words.businessDate }, { number: dateSerial(day.date), style: 'date' }],
    [{ text: report.state }, { text: report.states[day.state] }],
    [{ text: report.asOf }, { text: day.asOf }],
    [{ text: words.currency }, { text: day.currency }],
    [],
  ];
}

/** A block for each dimension under the same heads; what it adds up to stands below it, by formula. */
function blocks(day: DailyAnswer, language: Language): Row[] {
  const words = WORDS[language];
  const report = REPORT_WORDS[language];
  const heads: Record<(typeof COLUMNS)[number][0], string> = {
    payments: words.payments,
    bills: words.bills,
    gross: words.grossShort,
    reversals: words.reversals,
    reversed: words.reversed,
    adjusted: words.adjusted,
    net: words.net,
    direct: words.directGross,
    credited: words.creditedShort,
    payerFees: words.payerFees,
    billerFees: words.billerFees,
  };
  const rows: Row[] = [];
  let at = 7;
  for (const [title, lines] of [
    [report.channels, day.channels],
    [report.methods, day.methods],
    [report.units, day.units],
  ] as const) {
    const first = at + 1;
    const last = at + lines.length;
    rows.push(
      [title, ...COLUMNS.map(([name]) => heads[name])].map((text): Cell => ({ text, style: 'header' })),
    );
    for (const line of lines)
      rows.push([
        { text: line.key === '' ? words.none : line.key },
        ...COLUMNS.map(([name, kind]) => cell(line[name], kind)),
      ]);
    rows.push([
      { text: words.total, style: 'bold' },
      ...COLUMNS.map(([name, kind], i): Cell => {
        const number = textOf(day.totals[name]);
        const style = `${kind}-total` as const;
        const column = columnName(i + 1);
        return lines.length === 0
          ? { number, style }
          : { formula: `SUM(${column}${first}:${column}${last})`, number, style };
      }),
    ]);
    rows.push([]);
    at = last + 3;
  }
  return rows;
}

function cell(value: DailyTotals[keyof DailyTotals], style: 'count' | 'money'): Cell {
  return { number: textOf(value), style };
}

function textOf(value: DailyTotals[keyof DailyTotals]): string {
  return typeof value === 'number' ? String(value) : value.value;
}
