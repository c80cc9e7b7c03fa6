// Date arithmetic on day numbers against Temporal, the standard's own.

import fc from 'fast-check';
import t from 'tap';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  isBusinessDate,
  weekdayOf,
} from '../../src/kernel/business-date.ts';

const LAST_DAY = dayNumberOf('9999-12-31');
const FIRST_DAY = dayNumberOf('0001-01-01');
const anyDay = fc.oneof(
  fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
  fc.integer({ min: dayNumberOf('1999-01-01'), max: dayNumberOf('2101-12-31') }),
);

t.test('agrees with Temporal', async () => {
  const epoch = Temporal.PlainDate.from('1970-01-01');
  fc.assert(
    fc.property(anyDay, anyDay, (one, other) => {
      const theirs = epoch.add({ days: one });
      const ours = dateOfDayNumber(one);
      return (
        ours === theirs.toString() &&
        dayNumberOf(ours) === one &&
        weekdayOf(ours) === theirs.dayOfWeek &&
        addDays(ours, other - one) === dateOfDayNumber(other) &&
        daysBetween(ours, dateOfDayNumber(other)) === theirs.until(epoch.add({ days: other })).days
      );
    }),
    { numRuns: 2000 },
  );
});

t.test('adding months agrees with Temporal', async () => {
  const day = fc.integer({ min: dayNumberOf('1900-01-01'), max: dayNumberOf('2200-12-31') });
  fc.assert(
    fc.property(day, fc.integer({ min: -2400, max: 2400 }), (dayNumber, months) => {
      const date = dateOfDayNumber(dayNumber);
      return addMonths(date, months) === Temporal.PlainDate.from(date).add({ months }).toString();
    }),
    { numRuns: 1000 },
  );
});

t.test('every day of 400 years is a date and the day after its eve', async (t) => {
  let eve = '1899-12-31';
  let wrong = 0;
  for (let day = dayNumberOf('1900-01-01'); day <= dayNumberOf('2299-12-31'); day++) {
    const date = dateOfDayNumber(day);
    if (!isBusinessDate(date) || dayNumberOf(date) !== day || date <= eve) wrong++;
    eve = date;
  }
  t.equal(wrong, 0);
});

t.test('the same day-number, or the month’s last day', async (t) => {
  const table: [date: string, months: number, expected: string][] = [
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-01', -1, '2025-12-01'],
    ['2026-05-20', 0, '2026-05-20'],
  ];
  for (const [date, months, expected] of table)
    t.equal(addMonths(date, months), expected, `${date} + ${months}`);
});

t.test('what is a date', async (t) => {
  const yes = ['2026-11-22', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'];
  const no = [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-04-31',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '2026/01/01',
    '20260101',
    '2026-01-01T',
    ' 2026-01-01',
    '+026-01-01',
    '２026-01-01',
    '٢٠٢٦-٠١-٠١',
    '',
  ];
  for (const text of yes) t.equal(isBusinessDate(text), true, text);
  for (const text of no) {
    t.equal(isBusinessDate(text), false, JSON.stringify(text));
    t.throws(() => addDays(text, 1), RangeError);
  }
  t.throws(() => addDays('9999-12-31', 1), RangeError);
  t.throws(() => addDays('0001-01-01', -1), RangeError);
  t.throws(() => addDays('2026-01-01', 0.5), RangeError);
  t.throws(() => addMonths('9999-12-31', 1), RangeError);
  t.throws(() => addMonths('2026-01-01', 0.5), RangeError);
});
