// Times and spans as people write them.

import t from 'tap';
import { readInstant, readSpan } from '../../src/demo/read-time.ts';

t.test('instants', async (t) => {
  const cases: [string, string, string | undefined][] = [
    ['2026-12-15T15:59:30Z', 'UTC', '2026-12-15T15:59:30.000Z'],
    ['2026-12-15T15:59:30+04:00', 'UTC', '2026-12-15T11:59:30.000Z'],
    ['2026-12-15T15:59', 'Asia/Muscat', '2026-12-15T11:59:00.000Z'],
    ['2026-12-15 15:59:01', 'Asia/Muscat', '2026-12-15T11:59:01.000Z'],
    ['2026-12-15', 'Africa/Algiers', '2026-12-15T11:00:00.000Z'],
    ['2026-02-30', 'UTC', undefined],
    ['2026-12-15', 'Mars/One', undefined],
    ['tomorrow', 'UTC', undefined],
  ];
  for (const [text, zone, instant] of cases)
    t.equal(readInstant(text, zone)?.toISOString(), instant, `${text} ${zone}`);
});

t.test('spans', async (t) => {
  const cases: [string, number | undefined][] = [
    ['90m', 5_400_000],
    ['1d', 86_400_000],
    ['2d3h', 183_600_000],
    ['1w 2d 3h 4m 5s', 788_645_000],
    ['-1h', -3_600_000],
    ['+1h', 3_600_000],
    ['', undefined],
    ['5', undefined],
    ['h', undefined],
    ['1h1d', undefined],
  ];
  for (const [text, ms] of cases) t.equal(readSpan(text), ms, text);
});
