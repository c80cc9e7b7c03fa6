// Where business dates end, clock changes above all; and that they share out the time line without gap or overlap.

import fc from 'fast-check';
import t from 'tap';
import { businessDateAt, cutOffInstant } from '../../src/calendar/index.ts';
import { addDays, dateOfDayNumber, dayNumberOf } from '../../src/kernel/business-date.ts';

// Cairo 2026: 24 April 00:00 becomes 01:00; 29 October 24:00 becomes 23:00.
// New York 2026: 8 March 02:00 becomes 03:00; 1 November 02:00 becomes 01:00.
// Lord Howe 2026: 5 April 02:00 becomes 01:30; 4 October 02:00 becomes 02:30.
const table: [date: string, cutOff: string, timeZone: string, end: string, why: string][] = [
  ['2026-11-22', '18:00', 'Asia/Muscat', '2026-11-22T14:00:00.000Z', 'no clock changes in Oman'],
  ['2026-11-22', '00:00', 'Asia/Muscat', '2026-11-22T20:00:00.000Z', '00:00 is the midnight at the end'],
  ['2026-11-22', '24:00', 'Asia/Muscat', '2026-11-22T20:00:00.000Z', 'and so is 24:00'],
  ['2026-11-22', '23:59', 'Asia/Qatar', '2026-11-22T20:59:00.000Z', ''],
  ['2026-02-28', '24:00', 'Africa/Algiers', '2026-02-28T23:00:00.000Z', 'end of a month'],
  ['2026-04-22', '24:00', 'Africa/Cairo', '2026-04-22T22:00:00.000Z', 'the eve, winter time'],
  [
    '2026-04-23',
    '24:00',
    'Africa/Cairo',
    '2026-04-23T22:00:00.000Z',
    'skipped midnight: the first instant after',
  ],
  [
    '2026-04-24',
    '00:30',
    'Africa/Cairo',
    '2026-04-23T22:00:00.000Z',
    'skipped: the first instant after, 01:00',
  ],
  ['2026-04-24', '01:00', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', 'the first instant after itself'],
  ['2026-04-24', '24:00', 'Africa/Cairo', '2026-04-24T21:00:00.000Z', 'summer time: a date of 23 hours'],
  ['2026-10-29', '22:59', 'Africa/Cairo', '2026-10-29T19:59:00.000Z', 'before the repeated hour'],
  ['2026-10-29', '23:00', 'Africa/Cairo', '2026-10-29T21:00:00.000Z', 'repeated: the second 23:00'],
  ['2026-10-29', '23:30', 'Africa/Cairo', '2026-10-29T21:30:00.000Z', 'repeated: the second 23:30'],
  [
    '2026-10-29',
    '24:00',
    'Africa/Cairo',
    '2026-10-29T22:00:00.000Z',
    'midnight comes once: a date of 25 hours',
  ],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z', 'skipped: 03:00, not 03:30'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T06:30:00.000Z', 'repeated: the second'],
  [
    '2026-04-05',
    '01:45',
    'Australia/Lord_Howe',
    '2026-04-04T15:15:00.000Z',
    'repeated half hour: the second',
  ],
  ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z', 'skipped half hour'],
  ['2026-10-31', '24:00', 'America/Havana', '2026-11-01T05:00:00.000Z', 'repeated midnight: the second'],
  ['2011-12-29', '24:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the date line moved: no 30 December'],
  ['2011-12-30', '24:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'so that date is empty'],
];

t.test('given a date, a cut-off and a zone, expect its end', async (t) => {
  for (const [date, cutOff, timeZone, end, why] of table) {
    t.equal(cutOffInstant(date, cutOff, timeZone).toISOString(), end, `${date} ${cutOff} ${timeZone} ${why}`);
  }
});

t.test('refused', async (t) => {
  for (const cutOff of ['', '24:01', '25:00', '7:00', '07:60', '07:00:00', '0700', '-1:00']) {
    t.throws(() => cutOffInstant('2026-01-01', cutOff, 'Asia/Muscat'), RangeError, `"${cutOff}"`);
  }
  t.throws(() => cutOffInstant('2026-02-30', '18:00', 'Asia/Muscat'), RangeError);
  t.throws(() => cutOffInstant('2026-01-01', '18:00', 'Asia/Nowhere'), RangeError);
});

const HOUR = 3_600_000;
const anyCalendar = fc.record({
  timeZone: fc.constantFrom(
    'Asia/Muscat',
    'Asia/Qatar',
    'Africa/Algiers',
    'Africa/Cairo',
    'America/New_York',
    'America/Havana',
    'Australia/Lord_Howe',
  ),
  cutOff: fc.oneof(
    fc.constantFrom('00:00', '24:00', '23:00', '23:59', '00:30', '01:30', '01:45', '02:15', '02:30', '18:00'),
    fc.integer({ min: 0, max: 1439 }).map((minute) => {
      return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    }),
  ),
});
// Half of the instants lie within a day of a clock change.
const anyMs = fc.oneof(
  fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2031, 0, 1) }),
  fc
    .record({
      change: fc.constantFrom(
        '2026-04-23T22:00:00Z',
        '2026-10-29T21:00:00Z',
        '2026-03-08T07:00:00Z',
        '2026-11-01T05:00:00Z',
        '2026-11-01T06:00:00Z',
        '2026-04-04T15:00:00Z',
        '2026-10-03T15:30:00Z',
      ),
      away: fc.integer({ min: -26 * HOUR, max: 26 * HOUR }),
    })
    .map(({ change, away }) => Date.parse(change) + away),
);

t.test('every instant belongs to exactly one business date', async () => {
  fc.assert(
    fc.property(anyCalendar, anyMs, (calendar, ms) => {
      const date = businessDateAt(new Date(ms), calendar);
      const ends = [-2, -1, 0, 1].map((days) =>
        cutOffInstant(addDays(date, days), calendar.cutOff, calendar.timeZone).getTime(),
      );
      const [before = 0, begin = 0, end = 0, after = 0] = ends;
      return before < begin && begin <= ms && ms < end && end < after;
    }),
    { numRuns: 600 },
  );
});

t.test('later is never an earlier date', async () => {
  fc.assert(
    fc.property(anyCalendar, anyMs, fc.integer({ min: 0, max: 50 * HOUR }), (calendar, ms, later) => {
      return businessDateAt(new Date(ms), calendar) <= businessDateAt(new Date(ms + later), calendar);
    }),
    { numRuns: 400 },
  );
});

t.test('at exactly the cut-off it is the next day, a millisecond before it is not', async () => {
  const days = fc.integer({ min: dayNumberOf('2026-01-01'), max: dayNumberOf('2026-12-31') });
  fc.assert(
    fc.property(anyCalendar, days, (calendar, day) => {
      const date = dateOfDayNumber(day);
      const end = cutOffInstant(date, calendar.cutOff, calendar.timeZone).getTime();
      return (
        businessDateAt(new Date(end), calendar) === addDays(date, 1) &&
        businessDateAt(new Date(end - 1), calendar) === date
      );
    }),
    { numRuns: 400 },
  );
});
