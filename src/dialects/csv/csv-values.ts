// Days and amounts in the cells of a CSV file, in the form of the bank and in Arabic-Indic or Latin digits.

import { isBusinessDate } from '../../kernel/business-date.ts';
import { latinDigits } from '../../kernel/latin-digits.ts';
import { StatementFault, type CsvMapping } from '../../reconciliation/index.ts';
import { readDecimal } from '../statements/read-decimal.ts';

const DAYS: Readonly<Record<CsvMapping['dateFormat'], RegExp>> = {
  'yyyy-MM-dd': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  'dd/MM/yyyy': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'dd.MM.yyyy': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'dd-MM-yyyy': /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
  yyyyMMdd: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
};
/** Marks of direction, which stand around numbers in Arabic files. */
const UNSEEN = /\p{Cf}/gu;

/** A time of day behind it is left out. */
export function readCsvDay(text: string, { dateFormat }: CsvMapping, place: string): string {
  const bare = latinDigits(text.replace(UNSEEN, '')).replace(
    /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/,
    '',
  );
  const { y = '', m = '', d = '' } = DAYS[dateFormat].exec(bare.trim())?.groups ?? {};
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!isBusinessDate(day))
    throw new StatementFault(
      place,
      `${JSON.stringify(text.slice(0, 40))} is no date of the form ${dateFormat}`,
    );
  return day;
}

/**
 * Signed minor units: a sign stands before or behind, or brackets around. The sign between thousands is taken only where
 * it divides thousands, so that a comma for a point is refused and not read as a thousand times as much.
 */
export function readCsvAmount(text: string, mapping: CsvMapping, currency: string, place: string): bigint {
  const bare = latinDigits(text.replace(UNSEEN, ''))
    .replace(/\u2212/g, '-')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
  const signed = /^(?<open>\()?(?<before>[+-])? ?(?<digits>\d[^()+-]*?) ?(?<behind>[+-])?(?<close>\))?$/.exec(
    bare,
  )?.groups;
  const no = (): never => {
    throw new StatementFault(place, `${JSON.stringify(text.slice(0, 40))} is no amount`);
  };
  if (signed === undefined) return no();
  const { open, before, digits = '', behind, close } = signed;
  if ((open === undefined) !== (close === undefined)) return no();
  if ([open, before, behind].filter((sign) => sign !== undefined).length > 1) return no();
  const decimal = decimalOf(digits, mapping);
  if (decimal === undefined) return no();
  const minor = readDecimal(decimal, currency, '.');
  if (typeof minor === 'string') throw new StatementFault(place, minor);
  return open !== undefined || before === '-' || behind === '-' ? -minor : minor;
}

/** Digits with a point at the most. Arabic files have signs of their own for both, U+066B and U+066C. */
function decimalOf(digits: string, { decimalSign, groupSign }: CsvMapping): string | undefined {
  const [whole = '', decimals = '', ...more] = digits.split(
    digits.includes('\u066b') ? '\u066b' : decimalSign,
  );
  if (more.length > 0) return undefined;
  const group = whole.includes('\u066c') ? '\u066c' : groupSign;
  const groups = group === undefined ? [whole] : whole.split(group);
  if (groups.length > 1 && !groups.every((each, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(each)))
    return undefined;
  return `${groups.join('')}.${decimals}`;
}
