// When an endpoint counts as down, which event is its probe, and how long a pause is.
import fc from 'fast-check';
import t from 'tap';
import { Health, probeTurn } from '../../src/confirmations/delivery/health.ts';
import {
  askedPauseMs,
  ENDPOINT_PAUSES,
  EVENT_PAUSES,
  GIVE_UP_AFTER_MS,
  pauseMs,
} from '../../src/confirmations/delivery/pauses.ts';

const answered = (status: number | undefined, asked?: number) =>
  ({ isTaken: false, failure: `status ${status}`, status, askedPauseMs: asked }) as const;

await t.test('an endpoint is down when nothing gets through, and only then', (t) => {
  const fresh = new Health(false);
  t.match(fresh, { isProbing: false, atOnce: 16, failure: '', askedPauseMs: 0 });
  t.notOk(fresh.isDown(true));
  fresh.refused(answered(500), 1);
  t.notOk(fresh.isDown(true), 'one failure may be about the event');
  t.ok(fresh.isDown(false), 'but for the only event there is');
  t.equal(fresh.atOnce, 1, 'the next go one by one');
  fresh.refused(answered(500, 7000), 1);
  fresh.refused(answered(500), 1);
  t.ok(fresh.isDown(true));
  t.equal(fresh.askedPauseMs, 7000);
  fresh.taken();
  t.notOk(fresh.isDown(true));
  t.equal(fresh.atOnce, 16);

  const probing = new Health(true);
  t.equal(probing.atOnce, 1);
  probing.refused(answered(undefined), 1);
  t.ok(probing.isDown(true), 'a probe that fails says it all');

  const batches = new Health(false);
  for (let i = 0; i < 9; i++) batches.refused(answered(500), 100);
  t.notOk(batches.isDown(true), 'refused together: it may be one of them');
  for (let i = 0; i < 3; i++) batches.refused(answered(undefined), 100);
  t.ok(batches.isDown(true), 'no answer is about none of them');

  for (const [status, isAboutIt] of [
    [400, true],
    [409, true],
    [422, true],
    [401, false],
    [404, false],
    [429, false],
    [500, false],
    [301, false],
  ] as const) {
    const health = new Health(false);
    health.taken();
    health.refused(answered(status), 1);
    t.equal(health.isSelective(), isAboutIt, `${status}`);
  }
  t.end();
});

await t.test('every event has its turn as probe', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(10_000), (candidates, failures) => {
      const turns = Array.from({ length: candidates }, (_, i) => probeTurn(failures + i, candidates));
      return new Set(turns).size === candidates && turns.every((turn) => turn >= 0 && turn < candidates);
    }),
  );
  t.equal(probeTurn(5, 0), 0);
  t.end();
});

await t.test('pauses grow to their most, and spread', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(ENDPOINT_PAUSES, EVENT_PAUSES),
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (growth, failures, random) => {
        const pause = pauseMs(failures, growth, random);
        const [least, most] = [pauseMs(failures, growth, 0), pauseMs(failures, growth, 1)];
        return (
          pause >= least &&
          pause <= most &&
          most <= growth.mostMs &&
          most >= growth.firstMs &&
          most === 2 * least &&
          pauseMs(failures + 1, growth, random) >= pause
        );
      },
    ),
  );
  t.equal(pauseMs(1, EVENT_PAUSES, 1), 5000);
  t.equal(pauseMs(0, EVENT_PAUSES, 1), 5000);
  t.equal(pauseMs(2, EVENT_PAUSES, 1), 10_000);
  t.equal(pauseMs(1e9, EVENT_PAUSES, 1), 3_600_000);
  t.equal(GIVE_UP_AFTER_MS, 3 * 24 * 3_600_000);
  t.end();
});

await t.test('retry-after: seconds or a date, an hour at the most, nonsense is nothing', (t) => {
  const now = Date.parse('2026-11-22T08:00:00Z');
  const cases: [string | string[] | undefined, number | undefined][] = [
    ['120', 120_000],
    ['0', undefined],
    ['999999999', 3_600_000],
    ['Sun, 22 Nov 2026 08:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2020 08:00:30 GMT', undefined],
    ['Sun, 22 Nov 2099 08:00:30 GMT', 3_600_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
    [['1', '2'], undefined],
  ];
  for (const [header, ms] of cases) t.equal(askedPauseMs(header, now), ms, String(header));
  t.end();
});
