// The totals of a day as a workbook of one sheet.

import type { Biller } from '../../billers/index.ts';
import { localTime } from '../../calendar/index.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import {
  columnName,
  dateSerial,
  instantSerial,
  writeWorkbook,
  type Cell,
  type Row,
} from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import type { NamesByCode } from '../batch.ts';
import { nameOf } from '../documents/report.ts';
import { dateIn, nameIn, WORDS, type Words } from '../documents/words/index.ts';
import type { DailyAnswer, DailyTotals } from './daily-schema.ts';
import { REPORT_WORDS } from './words.ts';

type Kind = 'count' | 'money';

const COLUMNS: readonly (readonly [keyof DailyTotals, Kind, (words: Words) => string])[] = [
  ['payments', 'count', (w) => w.payments],
  ['bills', 'count', (w) => w.bills],
  ['gross', 'money', (w) => w.grossShort],
  ['reversals', 'count', (w) => w.reversals],
  ['reversed', 'money', (w) => w.reversed],
  ['adjusted', 'money', (w) => w.adjusted],
  ['net', 'money', (w) => w.net],
  ['direct', 'money', (w) => w.directGross],
  ['credited', 'money', (w) => w.creditedShort],
  ['payerFees', 'money', (w) => w.payerFees],
  ['billerFees', 'money', (w) => w.billerFees],
];

export function dailyWorkbook(
  day: DailyAnswer,
  biller: Pick<Biller, 'name' | 'calendar'>,
  names: NamesByCode,
  language: Language,
): AsyncGenerator<Buffer, void, undefined> {
  const words = WORDS[language];
  const title = `${words.dailyReport} – ${nameIn(biller.name, language)}`;
  return writeWorkbook({
    title: `${title} – ${dateIn(day.date, language)}`,
    madeAt: new Date(day.asOf),
    rightToLeft: language === 'ar',
    scale: exponentOf(day.currency) ?? 0,
    sheets: [
      {
        name: words.dailyReport,
        // The second column has the instant of the heading as well.
        widths: [34, 20, ...COLUMNS.slice(1).map(([, kind]) => (kind === 'count' ? 13 : 16))],
        frozenRows: 0,
        rows: [
          [{ text: title, style: 'title' }],
          ...heading(day, biller, language),
          [],
          ...blocks(day, names, language),
        ],
      },
    ],
  });
}

function heading(day: DailyAnswer, { calendar }: Pick<Biller, 'calendar'>, language: Language): Row[] {
  const words = WORDS[language];
  const report = REPORT_WORDS[language];
  const asOf = localTime(new Date(day.asOf), calendar.timeZone);
  return [
    [
      { text: words.businessDate },
      { number: dateSerial(day.date), style: 'date' },
      { text: dateIn(day.date, language), style: 'note' },
    ],
    [{ text: report.state }, { text: report.states[day.state] }],
    [{ text: report.asOf }, { number: instantSerial(asOf), style: 'instant' }],
    [{ text: words.currency }, { text: day.currency, style: 'code' }],
  ];
}

/** Rows above the blocks; formulas name theirs. */
const ABOVE = 6;

/** A block for each dimension under the same heads, none where there is nothing but what is of none. */
function blocks(day: DailyAnswer, names: NamesByCode, language: Language): Row[] {
  const words = WORDS[language];
  const report = REPORT_WORDS[language];
  const splits = [
    { title: report.channels, dimension: 'channel', lines: day.channels },
    { title: report.methods, dimension: 'method', lines: day.methods },
    { title: report.units, dimension: 'unit', lines: day.units },
  ] as const;
  const rows: Row[] = [];
  for (const { title, dimension, lines } of splits) {
    if (lines.every(({ key }) => key === '')) continue;
    const first = ABOVE + rows.length + 2;
    rows.push(
      heads(title, words),
      ...lines.map((line): Row => [
        { text: nameOf({ dimension, key: line.key }, names, language) },
        ...COLUMNS.map(([name, style]): Cell => ({ number: shown(line, name), style })),
      ]),
      totals(day, words, [first, first + lines.length - 1]),
      [],
    );
  }
  return rows.length > 0
    ? rows
    : [heads('', words), totals(day, words), [{ text: report.noPayments, style: 'note' }]];
}

function heads(title: string, words: Words): Row {
  return [
    { text: title, style: 'header' },
    ...COLUMNS.map(([, , label]): Cell => ({ text: label(words), style: 'header-end' })),
  ];
}

/** `summed`: the first and last row that it adds up. */
function totals(day: DailyAnswer, words: Words, summed?: readonly [number, number]): Row {
  return [
    { text: words.total, style: 'total' },
    ...COLUMNS.map(([name, kind], i): Cell => {
      const number = shown(day.totals, name);
      const style = `${kind}-total` as const;
      const column = columnName(i + 1);
      return summed === undefined
        ? { number, style }
        : { formula: `SUM(${column}${summed[0]}:${column}${summed[1]})`, number, style };
    }),
  ];
}

/** Signed, as in the settlement: collected, reversed and adjusted add up to the net. */
function shown(of: DailyTotals, name: keyof DailyTotals): string {
  const value = of[name];
  if (typeof value === 'number') return String(value);
  const isTakenAway = name === 'reversed' && /[1-9]/.test(value.value);
  return isTakenAway ? `-${value.value}` : value.value;
}
