// Working days for due dates and value dates, with the weekends of Oman, Algeria and a European bank.

import fc from 'fast-check';
import t from 'tap';
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  subtractWorkingDays,
} from '../../src/calendar/index.ts';
import type { WorkingWeek } from '../../src/calendar/index.ts';
import { addDays, dateOfDayNumber, dayNumberOf, daysBetween } from '../../src/kernel/business-date.ts';

// 2026-11-18 and 19 (Wednesday, Thursday) are taken as Oman's national holiday.
const oman: WorkingWeek = { weekend: [5, 6], holidays: new Set(['2026-11-18', '2026-11-19']) };
const bank: WorkingWeek = { weekend: [6, 7], holidays: new Set(['2026-11-23']) };
const open: WorkingWeek = { weekend: [], holidays: new Set() };

t.test('is a date a working day', async (t) => {
  t.equal(isWorkingDay('2026-11-17', oman), true, 'Tuesday');
  t.equal(isWorkingDay('2026-11-18', oman), false, 'holiday');
  t.equal(isWorkingDay('2026-11-20', oman), false, 'Friday');
  t.equal(isWorkingDay('2026-11-22', oman), true, 'Sunday');
  t.equal(isWorkingDay('2026-11-22', oman, bank), false, 'not for the bank');
  t.equal(isWorkingDay('2026-11-22'), true, 'nobody’s calendar');
});

const table: [date: string, count: number, weeks: WorkingWeek[], expected: string, why: string][] = [
  ['2026-11-17', 0, [oman], '2026-11-17', 'works already'],
  ['2026-11-18', 0, [oman], '2026-11-22', 'over holidays and the weekend'],
  ['2026-11-15', 2, [oman], '2026-11-17', 'T+2'],
  ['2026-11-17', 1, [oman], '2026-11-22', ''],
  ['2026-11-17', 2, [oman], '2026-11-23', ''],
  ['2026-11-20', 1, [oman], '2026-11-22', 'counted from a Friday'],
  ['2026-11-17', 1, [oman, bank], '2026-11-24', 'Sunday and the 23rd are the bank’s'],
  ['2026-11-17', 2, [oman, bank], '2026-11-25', ''],
  ['2026-12-31', 2, [open], '2027-01-02', 'every day works'],
];

t.test('given a date, a count and calendars, expect the day', async (t) => {
  for (const [date, count, weeks, expected, why] of table) {
    t.equal(addWorkingDays(date, count, ...weeks), expected, `${date} + ${count} ${why}`);
  }
});

t.test('counted back', async (t) => {
  t.equal(subtractWorkingDays('2026-11-22', 0, oman), '2026-11-22', 'works already');
  t.equal(subtractWorkingDays('2026-11-21', 0, oman), '2026-11-17', 'over the weekend and the holidays');
  t.equal(subtractWorkingDays('2026-11-22', 1, oman), '2026-11-17');
  t.equal(subtractWorkingDays('2026-11-24', 2, bank), '2026-11-19', 'the 23rd is the bank’s holiday');
  t.throws(() => subtractWorkingDays('2026-11-22', -1, oman), RangeError);
  t.throws(
    () => subtractWorkingDays('2026-11-22', 1, { ...open, weekend: [1, 2, 3, 4, 5, 6, 7] }),
    RangeError,
  );
});

t.test('refused', async (t) => {
  t.throws(
    () => nextWorkingDay('2026-01-01', { weekend: [1, 2, 3, 4, 5, 6, 7], holidays: new Set() }),
    RangeError,
  );
  t.throws(
    () => nextWorkingDay('2026-01-01', { ...open, weekend: [1, 2, 3, 4] }, { ...open, weekend: [5, 6, 7] }),
    RangeError,
  );
  t.throws(() => addWorkingDays('2026-01-01', -1, oman), RangeError);
  t.throws(() => addWorkingDays('2026-01-01', 1.5, oman), RangeError);
});

t.test('the n-th working day has n working days behind it', async () => {
  const day = fc.integer({ min: dayNumberOf('2020-01-01'), max: dayNumberOf('2030-12-31') });
  const week = fc.record({
    weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
    holidays: fc.array(day.map(dateOfDayNumber), { maxLength: 30 }).map((days) => new Set(days)),
  });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 30 }), week, (dayNumber, count, calendar) => {
      const date = dateOfDayNumber(dayNumber);
      const target = addWorkingDays(date, count, calendar);
      let worked = 0;
      for (let ahead = 1; ahead <= daysBetween(date, target); ahead++) {
        if (isWorkingDay(addDays(date, ahead), calendar)) worked++;
      }
      return worked === count && isWorkingDay(target, calendar);
    }),
  );
});
