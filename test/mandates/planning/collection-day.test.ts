// When a bill is collected by itself: the day that was meant, moved by the calendar, told and sent in time.
import fc from 'fast-check';
import t from 'tap';
import { isWorkingDay, type WorkingWeek } from '../../../src/calendar/index.ts';
import { addDays, dateOfDayNumber, dayNumberOf } from '../../../src/kernel/business-date.ts';
import {
  collectionDay,
  sendDay,
  type Collect,
  type CollectionWish,
} from '../../../src/mandates/planning/collection-day.ts';

// November 2026: the 1st is a Sunday. The fund rests on Friday and Saturday and on the 18th, its bank on the 22nd.
const fund: WorkingWeek = { weekend: [5, 6], holidays: new Set(['2026-11-18']) };
const bank: WorkingWeek = { weekend: [5, 6], holidays: new Set(['2026-11-22']) };

// collect | due        | today      | told | lead | collected  | owed as of | why
const CASES = `
  due      | 2026-11-24 | 2026-11-01 | 3 | 1 | 2026-11-24 | 2026-11-24 | on the due date
  due      | 2026-11-27 | 2026-11-01 | 3 | 1 | 2026-11-29 | 2026-11-27 | a Friday: after the weekend, without penalty
  due      | 2026-11-18 | 2026-11-01 | 3 | 1 | 2026-11-19 | 2026-11-18 | a holiday of the fund
  due      | 2026-11-20 | 2026-11-01 | 3 | 1 | 2026-11-23 | 2026-11-20 | the weekend, then a holiday of the bank
  due      | 2026-11-04 | 2026-11-01 | 3 | 1 | 2026-11-04 | 2026-11-04 | the last day on which it can be told
  due      | 2026-11-04 | 2026-11-02 | 3 | 1 | 2026-11-05 | 2026-11-05 | too late to be told: the first day that can be kept
  due      | 2026-10-01 | 2026-11-01 | 0 | 2 | 2026-11-03 | 2026-11-03 | long due: as soon as the bank can
  due      | 2026-11-06 | 2026-11-05 | 3 | 0 | 2026-11-08 | 2026-11-06 | told on the 5th for the 8th, to which the calendar moves it
  5,20     | 2026-11-24 | 2026-11-01 | 3 | 1 | 2026-11-05 | 2026-11-05 | the payer’s next day
  5,20     | 2026-11-24 | 2026-11-06 | 3 | 1 | 2026-11-23 | 2026-11-20 | the 20th is a Friday
  5,20     | 2026-11-24 | 2026-11-19 | 3 | 1 | 2026-11-23 | 2026-11-20 | moved, and can still be kept
  5,20     | 2026-11-24 | 2026-11-21 | 3 | 1 | 2026-12-06 | 2026-12-05 | too late for the 20th, and the 5th is a Saturday
  28       | 2026-11-24 | 2026-12-29 | 3 | 1 | 2027-01-28 | 2027-01-28 | into the next year
  demand   | 2026-11-24 | 2026-11-01 | 3 | 1 |            |            | never by itself
  due      | 9999-12-31 | 2026-11-01 | 3 | 1 |            |            | a Friday after which there are no days
  5,20     | 9999-12-31 | 2026-11-01 | 3 | 1 | 2026-11-05 | 2026-11-05 | fixed days look at no due date
`;

const wishOf = (
  collect: string,
  rest: Omit<CollectionWish, 'collect' | 'biller' | 'bank' | 'bankToday' | 'validFrom'>,
): CollectionWish => ({
  ...rest,
  collect: collectOf(collect),
  biller: fund,
  bank,
  bankToday: rest.today,
  validFrom: '2026-01-01',
});

function collectOf(text: string): Collect {
  if (text === 'due') return { on: 'due-date' };
  return text === 'demand' ? { on: 'demand' } : { on: 'days', days: text.split(',').map(Number) };
}

t.test('cases', (t) => {
  for (const line of CASES.trim().split('\n')) {
    const [
      collect = '',
      dueOn = '',
      today = '',
      told = '',
      lead = '',
      collectOn = '',
      owedAsOf = '',
      why = '',
    ] = line.split('|').map((cell) => cell.trim());
    const wish = wishOf(collect, { dueOn, today, announceDays: Number(told), leadDays: Number(lead) });
    t.same(collectionDay(wish), collectOn === '' ? undefined : { collectOn, owedAsOf }, why);
  }
  t.end();
});

t.test('what fell due before the mandate begins is collected on its first day, and said so before', (t) => {
  const rest = { today: '2026-11-01', announceDays: 3, leadDays: 1 };
  const day = (collect: string, dueOn: string, validFrom: string) =>
    collectionDay({ ...wishOf(collect, { ...rest, dueOn }), validFrom });
  t.same(day('due', '2026-11-10', '2026-11-24'), { collectOn: '2026-11-24', owedAsOf: '2026-11-24' });
  t.same(day('due', '2026-11-10', '2026-11-27'), { collectOn: '2026-11-29', owedAsOf: '2026-11-29' });
  t.same(day('due', '2026-11-28', '2026-11-28'), { collectOn: '2026-11-29', owedAsOf: '2026-11-28' });
  t.same(day('5,20', '2026-11-10', '2026-11-24'), { collectOn: '2026-12-06', owedAsOf: '2026-12-05' });
  t.same(day('due', '2026-11-10', '2026-10-01'), { collectOn: '2026-11-10', owedAsOf: '2026-11-10' });
  t.end();
});

t.test('any day: works for both, told and sent in time, and never owed later than collected', (t) => {
  const first = dayNumberOf('2026-10-01');
  const date = fc.integer({ min: first, max: first + 120 }).map(dateOfDayNumber);
  const collect = fc.constantFrom('due', '5,20', '1', '28', '1,14,15,28');
  fc.assert(
    fc.property(collect, date, date, fc.nat(10), fc.nat(3), (how, dueOn, today, announceDays, leadDays) => {
      const found = collectionDay(wishOf(how, { dueOn, today, announceDays, leadDays }));
      if (found === undefined) return false;
      const { collectOn, owedAsOf } = found;
      return (
        isWorkingDay(collectOn, fund, bank) &&
        collectOn >= addDays(today, announceDays) &&
        sendDay(collectOn, leadDays, bank) >= today &&
        owedAsOf <= collectOn
      );
    }),
  );
  t.end();
});

t.test('a worker that stood still: collected as soon as can be, owed as of the day that was meant', (t) => {
  const rest = { today: '2026-11-12', announceDays: 3, leadDays: 1 };
  const day = (collect: string, dueOn: string, since?: string) =>
    collectionDay({
      ...wishOf(collect, { ...rest, dueOn }),
      since: since === undefined ? undefined : { today: since, bankToday: since },
    });
  t.same(day('due', '2026-11-10'), { collectOn: '2026-11-15', owedAsOf: '2026-11-15' });
  t.same(day('due', '2026-11-10', '2026-11-05'), { collectOn: '2026-11-15', owedAsOf: '2026-11-10' });
  t.same(
    day('due', '2026-11-10', '2026-11-08'),
    { collectOn: '2026-11-15', owedAsOf: '2026-11-11' },
    'late by itself',
  );
  t.same(
    day('5,20', '2026-11-24', '2026-11-01'),
    { collectOn: '2026-11-15', owedAsOf: '2026-11-05' },
    'a fixed day that was missed is not put off to the next',
  );
  t.same(day('5,20', '2026-11-24', '2026-11-06'), { collectOn: '2026-11-23', owedAsOf: '2026-11-20' });
  t.same(day('5,13', '2026-11-24', '2026-11-05'), { collectOn: '2026-11-15', owedAsOf: '2026-11-13' });
  t.same(day('28', '2026-11-24', '2026-10-20'), { collectOn: '2026-11-15', owedAsOf: '2026-10-28' });
  t.same(day('due', '2026-11-24', '2026-11-01'), { collectOn: '2026-11-24', owedAsOf: '2026-11-24' });
  t.end();
});

t.test('a mandate that begins where the calendar ends is not yet', (t) => {
  for (const collect of ['due', '5,20'])
    t.equal(
      collectionDay({
        ...wishOf(collect, { dueOn: '2026-11-24', today: '2026-11-01', announceDays: 3, leadDays: 1 }),
        validFrom: '9999-12-31',
      }),
      undefined,
      collect,
    );
  t.end();
});
