// Days, amounts and balances as SWIFT writes them: `031020`, `6800,`, `C131016EUR84349,74`.

import { daysBetween, isBusinessDate } from '../../kernel/business-date.ts';
import { StatementFault, type StatementBalance } from '../../reconciliation/index.ts';
import { readDecimal } from '../statements/read-decimal.ts';

/** Years 80 to 99 are those of the last century (SWIFT's rule for two digits). */
const FIRST_OLD_YEAR = 80;

/** `YYMMDD`. */
export function readMtDay(text: string, place: string): string {
  const century = Number(text.slice(0, 2)) >= FIRST_OLD_YEAR ? '19' : '20';
  const day = `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`;
  if (!isBusinessDate(day)) throw new StatementFault(place, `${JSON.stringify(text)} is no date`);
  return day;
}

/** `MMDD` of the year that brings it nearest to `near`: booked in January, it may count since December. */
export function readMtEntryDay(text: string, near: string, place: string): string {
  const year = Number(near.slice(0, 4));
  const days = [year, year - 1, year + 1]
    .map((each) => `${each}-${text.slice(0, 2)}-${text.slice(2, 4)}`)
    .filter((day) => isBusinessDate(day))
    .sort((a, b) => Math.abs(daysBetween(near, a)) - Math.abs(daysBetween(near, b)));
  if (days[0] === undefined) throw new StatementFault(place, `${JSON.stringify(text)} is no day of a year`);
  return days[0];
}

/** Unsigned minor units of a number with its comma. */
export function readMtAmount(text: string, currency: string, place: string): bigint {
  const minor = text.includes(',')
    ? readDecimal(text, currency, ',')
    : `${JSON.stringify(text)} has no comma`;
  if (typeof minor === 'string') throw new StatementFault(place, minor);
  return minor;
}

const BALANCE = /^([CD])(\d{6})([A-Z]{3})([\d,]{1,40})\s*$/;

export function readMtBalance(text: string, place: string): StatementBalance & { readonly currency: string } {
  const parts = BALANCE.exec(text);
  if (parts === null) throw new StatementFault(place, `${JSON.stringify(text.slice(0, 60))} is no balance`);
  const [, mark, day = '', currency = '', amount = ''] = parts;
  const minor = readMtAmount(amount, currency, place);
  return { minor: mark === 'C' ? minor : -minor, on: readMtDay(day, place), currency };
}
