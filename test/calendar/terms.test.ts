// Cut-offs and zones that change from a date on: which holds when, and that the time line stays without gap or overlap.

import fc from 'fast-check';
import t from 'tap';
import {
  businessDateAt,
  calendarDate,
  endOf,
  termsAt,
  termsOn,
  termsOver,
  zoneAt,
  type DayTerms,
} from '../../src/calendar/index.ts';
import { addDays } from '../../src/kernel/business-date.ts';

const CAIRO: DayTerms = { timeZone: 'Africa/Cairo', cutOff: '15:00' };

t.test('nothing ever changed', async (t) => {
  t.same(termsOver(CAIRO, []), []);
  t.equal(termsOn('2026-11-22', CAIRO), CAIRO);
  t.equal(zoneAt(new Date(), CAIRO), 'Africa/Cairo');
});

t.test('a change holds for its date and those after it, from the cut-off before', async (t) => {
  const terms = termsOver(CAIRO, [
    { fromDate: '2026-12-01', timeZone: 'Africa/Cairo', cutOff: '17:00' },
    { fromDate: '2026-04-24', timeZone: 'Africa/Cairo', cutOff: '00:30' },
    { fromDate: '2027-01-01', timeZone: 'Asia/Muscat', cutOff: '17:00' },
  ]);
  const calendar = { ...CAIRO, terms };
  const ends: [date: string, end: string, why: string][] = [
    ['2026-04-23', '2026-04-23T13:00:00.000Z', 'the last at 15:00'],
    ['2026-04-24', '2026-04-23T22:00:00.000Z', '00:30 is skipped by summer time: 01:00'],
    ['2026-04-25', '2026-04-24T21:30:00.000Z', '00:30 in summer time'],
    ['2026-10-29', '2026-10-28T21:30:00.000Z', ''],
    ['2026-10-30', '2026-10-29T22:30:00.000Z', '00:30 in winter time: a date of 25 hours'],
    ['2026-11-30', '2026-11-29T22:30:00.000Z', ''],
    ['2026-12-01', '2026-12-01T15:00:00.000Z', 'the first at 17:00: a date of 40 hours and a half'],
    ['2027-01-01', '2027-01-01T13:00:00.000Z', '17:00 in Muscat'],
  ];
  for (const [date, end, why] of ends) t.equal(endOf(date, calendar).toISOString(), end, `${date} ${why}`);
  t.equal(businessDateAt(new Date('2026-11-30T12:00:00Z'), calendar), '2026-12-01');
  t.equal(
    termsAt(new Date('2026-11-29T22:30:00Z'), calendar).cutOff,
    '17:00',
    'the day in progress ends by it',
  );
  t.equal(termsAt(new Date('2026-11-29T22:29:59Z'), calendar).cutOff, '00:30');
  const eve = new Date('2026-12-31T21:00:00Z');
  t.equal(zoneAt(eve, calendar), 'Asia/Muscat', 'from the cut-off of the old year’s last day');
  t.equal(calendarDate(eve, calendar), '2027-01-01');
});

t.test('every instant has one date, whose end comes after it and whose beginning does not', async () => {
  const cutOff = fc.constantFrom('00:00', '00:30', '11:00', '15:00', '23:00', '23:30');
  const change = fc.record({
    fromDate: fc.constantFrom('2026-04-23', '2026-04-24', '2026-06-01', '2026-10-29', '2026-10-30'),
    timeZone: fc.constant('Africa/Cairo'),
    cutOff,
  });
  const instants = fc.date({ min: new Date('2026-04-20'), max: new Date('2026-11-05'), noInvalidDate: true });
  fc.assert(
    fc.property(cutOff, fc.array(change, { maxLength: 4 }), instants, (first, changes, instant) => {
      const base = { timeZone: 'Africa/Cairo', cutOff: first };
      const calendar = { ...base, terms: termsOver(base, changes) };
      const date = businessDateAt(instant, calendar);
      const isOwned = endOf(date, calendar) > instant && endOf(addDays(date, -1), calendar) <= instant;
      return isOwned && termsAt(instant, calendar).cutOff === termsOn(date, calendar).cutOff;
    }),
    { numRuns: 500 },
  );
});
