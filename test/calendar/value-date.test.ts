// When an agency is credited and when the bank is told: the promise, its edges, and that lateness never hides.

import fc from 'fast-check';
import t from 'tap';
import {
  addWorkingDays,
  isWorkingDay,
  promisedValueDate,
  remittanceDates,
  subtractWorkingDays,
} from '../../src/calendar/index.ts';
import type { RemittanceWish, WorkingWeek } from '../../src/calendar/index.ts';
import { addDays, dateOfDayNumber, dayNumberOf } from '../../src/kernel/business-date.ts';

// November 2026: the 1st is a Sunday. The 18th and 19th are the agency's holidays, the 23rd is the bank's.
const agency: WorkingWeek = { weekend: [5, 6], holidays: new Set(['2026-11-18', '2026-11-19']) };
const omani: WorkingWeek = { weekend: [5, 6], holidays: new Set() };
const european: WorkingWeek = { weekend: [6, 7], holidays: new Set(['2026-11-23']) };

const BANKS: Readonly<Record<string, WorkingWeek>> = { omani, european };

// business | today      | T | lead | bank   | value date | execute on |      | why
const CASES = `
  2026-11-01 | 2026-11-01 | 2 | 0 | omani    | 2026-11-03 | 2026-11-03 |      | T+2 within a week
  2026-11-01 | 2026-11-01 | 2 | 1 | omani    | 2026-11-03 | 2026-11-02 |      | one lead day
  2026-11-04 | 2026-11-04 | 2 | 0 | omani    | 2026-11-08 | 2026-11-08 |      | over the weekend
  2026-11-04 | 2026-11-04 | 2 | 1 | omani    | 2026-11-08 | 2026-11-05 |      | the lead day before a weekend
  2026-11-06 | 2026-11-08 | 2 | 0 | omani    | 2026-11-09 | 2026-11-09 |      | collected on a Friday
  2026-11-16 | 2026-11-16 | 2 | 0 | omani    | 2026-11-22 | 2026-11-22 |      | holidays of the agency
  2026-11-16 | 2026-11-16 | 2 | 2 | omani    | 2026-11-22 | 2026-11-18 |      | the bank works on them: they count as its lead days
  2026-11-18 | 2026-11-18 | 2 | 0 | european | 2026-11-25 | 2026-11-25 |      | a day must work for both
  2026-11-18 | 2026-11-18 | 2 | 2 | european | 2026-11-25 | 2026-11-20 |      | lead days skip the bank’s weekend and holiday
  2026-11-03 | 2026-11-03 | 0 | 0 | omani    | 2026-11-03 | 2026-11-03 |      | T+0 is the day itself
  2026-11-06 | 2026-11-05 | 0 | 0 | omani    | 2026-11-08 | 2026-11-08 |      | T+0 on a day off: the next that works
  2026-11-03 | 2026-11-04 | 0 | 0 | omani    | 2026-11-04 | 2026-11-04 | late | T+0 after the bank’s cut-off
  2026-11-03 | 2026-11-03 | 0 | 1 | omani    | 2026-11-04 | 2026-11-03 | late | T+0 with a lead day is a promise that cannot be kept
  2026-11-01 | 2026-11-02 | 2 | 1 | omani    | 2026-11-03 | 2026-11-02 |      | closed a day late: nothing moves
  2026-11-01 | 2026-11-03 | 2 | 0 | omani    | 2026-11-03 | 2026-11-03 |      | on the last day it can be kept
  2026-11-01 | 2026-11-03 | 2 | 1 | omani    | 2026-11-04 | 2026-11-03 | late | the value date is ahead, its lead day has passed
  2026-11-01 | 2026-11-12 | 2 | 0 | omani    | 2026-11-12 | 2026-11-12 | late | closed weeks late
  2026-11-10 | 2026-11-17 | 2 | 1 | omani    | 2026-11-22 | 2026-11-19 | late | late, and the agency is closed: executed no earlier than needed
  2026-11-04 | 2026-11-13 | 2 | 0 | omani    | 2026-11-15 | 2026-11-15 | late | today given as a day off of the bank
`;

t.test('given a business date and two calendars, expect value date and execution', async (t) => {
  const cases = CASES.trim().split('\n');
  for (const line of cases) {
    const [
      businessDate = '',
      today = '',
      days,
      leadDays,
      bankName = '',
      valueDate,
      executeOn,
      late,
      why = '',
    ] = line.split('|').map((cell) => cell.trim());
    const bank = BANKS[bankName] ?? omani;
    t.same(
      remittanceDates({
        businessDate,
        days: Number(days),
        biller: agency,
        bank,
        leadDays: Number(leadDays),
        today,
      }),
      { valueDate, executeOn, late: late === 'late' },
      why,
    );
  }
});

t.test('a late-declared holiday moves what is asked again; a struck one moves it back', async (t) => {
  const wish = { businessDate: '2026-11-08', days: 2, bank: omani, leadDays: 1, today: '2026-11-08' };
  const before = remittanceDates({ ...wish, biller: omani });
  t.same(before, { valueDate: '2026-11-10', executeOn: '2026-11-09', late: false });
  const tentative = { ...omani, holidays: new Set(['2026-11-10']) };
  t.same(remittanceDates({ ...wish, biller: tentative }), {
    valueDate: '2026-11-11',
    executeOn: '2026-11-10',
    late: false,
  });
});

t.test('refused', async (t) => {
  const wish = {
    businessDate: '2026-11-08',
    days: 2,
    biller: agency,
    bank: omani,
    leadDays: 0,
    today: '2026-11-08',
  };
  t.throws(() => remittanceDates({ ...wish, days: -1 }), RangeError);
  t.throws(() => remittanceDates({ ...wish, leadDays: 0.5 }), RangeError);
  t.throws(
    () => remittanceDates({ ...wish, bank: { ...omani, weekend: [1, 2, 3, 4, 7] } }),
    RangeError,
    'never both',
  );
});

const day = fc
  .integer({ min: dayNumberOf('2025-01-01'), max: dayNumberOf('2028-12-31') })
  .map(dateOfDayNumber);
const week = fc.record({
  weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
  holidays: fc.array(day, { maxLength: 60 }).map((days) => new Set(days)),
});
const wishes: fc.Arbitrary<RemittanceWish> = fc
  .record({
    businessDate: day,
    days: fc.integer({ min: 0, max: 5 }),
    biller: week,
    bank: week,
    leadDays: fc.integer({ min: 0, max: 3 }),
    wait: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ wait, ...wish }) => ({ ...wish, today: addDays(wish.businessDate, wait) }));

t.test('whatever the calendars', async () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const { valueDate, executeOn, late } = remittanceDates(wish);
      const promised = promisedValueDate(wish);
      const feasible = subtractWorkingDays(promised, wish.leadDays, wish.bank) >= wish.today;
      return (
        isWorkingDay(valueDate, wish.biller, wish.bank) &&
        isWorkingDay(executeOn, wish.bank) &&
        executeOn >= wish.today &&
        addWorkingDays(executeOn, wish.leadDays, wish.bank) === valueDate &&
        valueDate >= promised &&
        late !== feasible &&
        (late || valueDate === promised)
      );
    }),
    { numRuns: 1000 },
  );
});

t.test('asked later it is never earlier, and what was late stays late', async () => {
  fc.assert(
    fc.property(wishes, fc.integer({ min: 0, max: 10 }), (wish, more) => {
      const now = remittanceDates(wish);
      const later = remittanceDates({ ...wish, today: addDays(wish.today, more) });
      return (
        later.valueDate >= now.valueDate && later.executeOn >= now.executeOn && (!now.late || later.late)
      );
    }),
    { numRuns: 1000 },
  );
});
