// What a workbook is made of, as values: sheets of rows of typed cells. Numbers travel as decimal text, so that no
// amount passes through a float on its way into the file.

import { dayNumberOf, type BusinessDate } from '../../kernel/business-date.ts';
import type { StyleName } from './styles.ts';

export type Cell =
  | undefined
  | { readonly text: string; readonly style?: StyleName; readonly repeats?: boolean }
  | { readonly number: string; readonly style?: StyleName }
  /** `number`: what the formula gives, for those who do not compute. */
  | { readonly formula: string; readonly number: string; readonly style?: StyleName };

export type Row = readonly Cell[];

export interface Sheet {
  /** Shortened to 31 characters, without those that a sheet's name may not have. */
  readonly name: string;
  /** Widths in characters, one for each column. */
  readonly widths: readonly number[];
  /** Rows at the top that stay when one scrolls, and stand on every printed page. */
  readonly frozenRows: number;
  /** At most LAST_ROW of them. */
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
}

/** Rows that a sheet can have (ECMA-376, SpreadsheetML as implemented). */
export const LAST_ROW = 1_048_576;

const letters: string[] = [];

/** `A` for 0, `AA` for 26. */
export function columnName(index: number): string {
  return (letters[index] ??=
    index < 26
      ? String.fromCharCode(65 + index)
      : columnName(Math.floor(index / 26) - 1) + columnName(index % 26));
}

/** Days since the end of 1899, as spreadsheets count them. */
export function dateSerial(date: BusinessDate): string {
  return String(dayNumberOf(date) + 25_569);
}

/** Of a local time `YYYY-MM-DDTHH:MM:SS…`; what follows the seconds does not count. */
export function instantSerial(local: string): string {
  const seconds =
    Number(local.slice(11, 13)) * 3600 + Number(local.slice(14, 16)) * 60 + Number(local.slice(17, 19));
  return (dayNumberOf(local.slice(0, 10)) + 25_569 + seconds / 86_400).toFixed(8);
}
