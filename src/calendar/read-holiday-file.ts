// A file of holidays: CSV, UTF-8, a header `date,name` or `date,name,state` in any order. Every bad line is named, and
// one bad line leaves the whole file out: half a calendar promises value dates that nobody can keep.

import { splitCsvLine } from '../kernel/csv-line.ts';
import { isBusinessDate } from '../kernel/business-date.ts';
import { HOLIDAY_STATES, isHolidayState, LONGEST_HOLIDAY_NAME, type Holiday } from './holiday.ts';

const COLUMNS = ['date', 'name', 'state'] as const;
type Column = (typeof COLUMNS)[number];
type Header = Readonly<Partial<Record<Column, number>>> & { readonly width: number };

/** `faults` as `line 7: …`, the header being line 1. */
export function readHolidayFile(text: string): { holidays: Holiday[] } | { faults: string[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header = readHeader(lines[0] ?? '');
  if (typeof header === 'string') return { faults: [`line 1: ${header}`] };
  const lineOf = new Map<string, number>();
  const holidays: Holiday[] = [];
  const faults: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const read = readLine(line, header);
    const earlier = typeof read === 'string' ? undefined : lineOf.get(read.onDate);
    if (typeof read === 'string') faults.push(`line ${index + 1}: ${read}`);
    else if (earlier !== undefined)
      faults.push(`line ${index + 1}: ${read.onDate} stands in line ${earlier} already`);
    else {
      lineOf.set(read.onDate, index + 1);
      holidays.push(read);
    }
  }
  if (faults.length === 0 && holidays.length === 0) faults.push('there is no holiday in the file');
  return faults.length > 0 ? { faults } : { holidays };
}

function readHeader(line: string): Header | string {
  const names = splitCsvLine(line);
  const expected = 'the header must be date,name or date,name,state';
  if (names === 'stray-quote') return expected;
  const known = names.map((name) => name.trim());
  const isBad =
    known.some((name, at) => !(COLUMNS as readonly string[]).includes(name) || known.indexOf(name) !== at) ||
    !known.includes('date') ||
    !known.includes('name');
  if (isBad) return `${expected}, not ${line.slice(0, 80)}`;
  return { width: known.length, ...Object.fromEntries(known.map((name, at) => [name, at])) };
}

function readLine(line: string, header: Header): Holiday | string {
  if (line.split('"').length % 2 === 0) return 'a quotation mark is not closed';
  const fields = splitCsvLine(line);
  if (fields === 'stray-quote') return 'a quotation mark stands in the wrong place';
  if (fields.length !== header.width) return `${fields.length} fields where the header has ${header.width}`;
  const field = (column: Column): string => fields[header[column] ?? -1]?.trim() ?? '';
  const [onDate, name, state] = [field('date'), field('name'), field('state') || 'confirmed'];
  if (!isBusinessDate(onDate)) return `${onDate || 'nothing'} is no date YYYY-MM-DD`;
  if (name === '') return 'the name is missing';
  if (name.length > LONGEST_HOLIDAY_NAME) return `the name is longer than ${LONGEST_HOLIDAY_NAME} characters`;
  if (!isHolidayState(state)) return `the state must be ${HOLIDAY_STATES.join(', ')} or empty, not ${state}`;
  return { onDate, name, state };
}
