// The date on the wall, remembered per zone: right at every instant and in every order of asking.

import fc from 'fast-check';
import t from 'tap';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '../../src/calendar/index.ts';

const table: [instant: string, timeZone: string, date: string, why: string][] = [
  ['2026-11-22T19:59:59.999Z', 'Asia/Muscat', '2026-11-22', ''],
  ['2026-11-22T20:00:00.000Z', 'Asia/Muscat', '2026-11-23', 'midnight'],
  ['2026-11-22T19:59:59.999Z', 'Asia/Muscat', '2026-11-22', 'and back'],
  ['2026-11-22T20:00:00.000Z', 'Africa/Algiers', '2026-11-22', 'another zone'],
  ['2026-04-23T21:59:59.999Z', 'Africa/Cairo', '2026-04-23', ''],
  ['2026-04-23T22:00:00.000Z', 'Africa/Cairo', '2026-04-24', 'begins at 01:00'],
  ['2026-10-29T20:30:00.000Z', 'Africa/Cairo', '2026-10-29', 'the first 23:30'],
  ['2026-10-29T21:30:00.000Z', 'Africa/Cairo', '2026-10-29', 'the second 23:30'],
  ['2026-10-29T22:00:00.000Z', 'Africa/Cairo', '2026-10-30', ''],
  ['2010-11-07T02:30:30.000Z', 'America/St_Johns', '2010-11-07', 'one minute after midnight …'],
  ['2010-11-07T02:31:00.000Z', 'America/St_Johns', '2010-11-06', '… the clock goes back to 23:01 of the eve'],
  ['2010-11-07T03:30:00.000Z', 'America/St_Johns', '2010-11-07', 'and midnight comes again'],
  ['1969-12-31T23:30:00.000Z', 'Europe/Paris', '1970-01-01', 'before 1970 UTC'],
];

t.test('given an instant and a zone, expect the date', async (t) => {
  for (const [instant, timeZone, date, why] of table) {
    t.equal(localDate(new Date(instant), timeZone), date, `${instant} ${timeZone} ${why}`);
  }
});

t.test('agrees with Temporal, whatever was asked before', async () => {
  const zone = fc.constantFrom(
    'Asia/Muscat',
    'Asia/Qatar',
    'Africa/Algiers',
    'Africa/Cairo',
    'Africa/Casablanca',
    'America/New_York',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  );
  const around = [
    '2026-04-23T22:00Z',
    '2026-10-29T21:00Z',
    '2010-11-07T02:31Z',
    '2011-12-30T10:00Z',
    '2026-02-15T02:00Z',
  ];
  const ms = fc.oneof(
    fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2040, 0, 1) }),
    fc
      .tuple(fc.constantFrom(...around), fc.integer({ min: -90_000_000, max: 90_000_000 }))
      .map(([at, away]) => Date.parse(at) + away),
  );
  fc.assert(
    fc.property(zone, fc.array(ms, { minLength: 1, maxLength: 8 }), (timeZone, instants) =>
      instants.every((at) => {
        const theirs = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
        return localDate(new Date(at), timeZone) === theirs.toString();
      }),
    ),
    { numRuns: 400 },
  );
});

t.test('more zones than are remembered', async (t) => {
  const zones = Intl.supportedValuesOf('timeZone').slice(0, 150);
  const at = new Date('2026-11-22T12:00:00Z');
  for (const timeZone of [...zones, ...zones.toReversed()]) {
    const theirs = Temporal.Instant.fromEpochMilliseconds(at.getTime())
      .toZonedDateTimeISO(timeZone)
      .toPlainDate();
    if (localDate(at, timeZone) !== theirs.toString()) t.fail(timeZone);
  }
  t.equal(zones.length, 150);
});

t.test('refused', async (t) => {
  t.throws(() => localDate(new Date(Number.NaN), 'Asia/Muscat'), RangeError);
  t.throws(() => localDate(new Date(), 'Asia/Nowhere'), RangeError);
});
