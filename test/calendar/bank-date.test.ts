// On which day a bank handles an order, around its cut-off, weekend, holidays and clock changes.

import t from 'tap';
import { bankDate, type BillerCalendar } from '../../src/calendar/index.ts';

const muscat: BillerCalendar = {
  timeZone: 'Asia/Muscat',
  cutOff: '14:00',
  weekend: [5, 6],
  holidays: new Set(['2026-11-25', '2026-11-26']),
};
// Cairo 2026: 24 April 00:00 becomes 01:00; 29 October 24:00 becomes 23:00.
const cairo: BillerCalendar = {
  timeZone: 'Africa/Cairo',
  cutOff: '15:00',
  weekend: [5, 6],
  holidays: new Set(),
};
const night: BillerCalendar = { ...cairo, cutOff: '23:30' };

const table: [now: string, bank: BillerCalendar, date: string, why: string][] = [
  ['2026-11-22T09:59:59.999Z', muscat, '2026-11-22', 'a moment before the cut-off'],
  ['2026-11-22T10:00:00Z', muscat, '2026-11-23', 'at the cut-off: too late'],
  ['2026-11-22T19:59:00Z', muscat, '2026-11-23', 'in the evening'],
  ['2026-11-22T20:01:00Z', muscat, '2026-11-23', 'after midnight: the same day of the bank'],
  ['2026-11-19T11:00:00Z', muscat, '2026-11-22', 'Thursday afternoon: Sunday'],
  ['2026-11-20T05:00:00Z', muscat, '2026-11-22', 'on its weekend'],
  ['2026-11-24T12:00:00Z', muscat, '2026-11-29', 'over two holidays and the weekend'],
  ['2026-04-23T12:59:00Z', cairo, '2026-04-23', 'the eve of summer time: 15:00 is 13:00 UTC'],
  ['2026-04-23T13:00:00Z', cairo, '2026-04-26', ''],
  ['2026-04-26T12:00:00Z', cairo, '2026-04-27', 'in summer time it is 12:00 UTC'],
  ['2026-10-29T20:30:00Z', night, '2026-10-29', 'the first 23:30 of the repeated hour'],
  ['2026-10-29T21:29:00Z', night, '2026-10-29', 'the last minute before the second'],
  ['2026-10-29T21:30:00Z', night, '2026-11-01', 'the second: too late'],
];

t.test('given an instant and a bank, expect the day on which it handles an order', async (t) => {
  for (const [now, bank, date, why] of table) t.equal(bankDate(new Date(now), bank), date, `${now} ${why}`);
});
