// Planning looks no further than it has to: what lies beyond is never taken up today.
import fc from 'fast-check';
import t from 'tap';
import type { WorkingWeek } from '../../../src/calendar/index.ts';
import { addDays } from '../../../src/kernel/business-date.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { Collect } from '../../../src/mandates/planning/collection-day.ts';
import { dayOf, isDay, type Coverage, type DayFacts } from '../../../src/mandates/planning/plan-lot.ts';
import { withReach } from '../../../src/mandates/planning/reach.ts';

const START = '2026-11-01';
const week = fc.record({
  weekend: fc.constantFrom<readonly number[]>([5, 6], [0, 6], []),
  holidays: fc.uniqueArray(fc.integer({ min: -20, max: 60 }), { maxLength: 12 }),
});
const weekOf = ({ weekend, holidays }: { weekend: readonly number[]; holidays: number[] }): WorkingWeek => ({
  weekend: [...weekend],
  holidays: new Set(holidays.map((day) => addDays(START, day))),
});
const collect = fc.oneof<fc.Arbitrary<Collect>[]>(
  fc.constant({ on: 'due-date' }),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 3 })
    .map((days) => ({ on: 'days', days: days.sort((a, b) => a - b) })),
);
const worlds = fc.record({
  biller: week,
  bank: week,
  collect,
  leadDays: fc.integer({ min: 0, max: 3 }),
  announceDays: fc.integer({ min: 0, max: 14 }),
  validFrom: fc.integer({ min: -40, max: 40 }),
  bankAhead: fc.integer({ min: 0, max: 1 }),
  /** How long ago it was planned last, and the bill came after that. */
  plannedAgo: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  cameAgo: fc.integer({ min: 0, max: 40 }),
});

function factsOf(world: typeof worlds extends fc.Arbitrary<infer W> ? W : never): DayFacts {
  const daysAgo = (days: number) => ({
    today: addDays(START, -days),
    bankToday: addDays(START, world.bankAhead - days),
  });
  return {
    biller: { calendar: weekOf(world.biller) },
    bank: weekOf(world.bank),
    leadDays: world.leadDays,
    apiChannels: new Set(),
    ...daysAgo(0),
    plannedAt: world.plannedAgo === undefined ? null : new Date(-world.plannedAgo),
    daysAt: (at) => daysAgo(-at.getTime()),
  };
}

t.test('what lies beyond the reach is not taken up', (t) => {
  let beyond = 0;
  let within = 0;
  const check = fc.property(worlds, fc.integer({ min: -60, max: 60 }), (world, dueIn) => {
    const facts = factsOf(world);
    const coverage: Coverage = {
      mandateBillerId: 1,
      mandateId: newId(0, 1),
      channelId: 1,
      collect: world.collect,
      announceDays: world.announceDays,
      validFrom: addDays(START, world.validFrom),
      validUntil: null,
      perDebitMinor: 1n,
      perMonthMinor: 1n,
      changedAt: new Date(-99),
    };
    const dueOn = addDays(START, dueIn);
    const since =
      world.plannedAgo === undefined
        ? undefined
        : facts.daysAt(new Date(-Math.min(world.plannedAgo, world.cameAgo)));
    const day = dayOf({ coverage, dueOn }, since, facts);
    const isTaken = day !== undefined && isDay(day, coverage, facts);
    const [looked] = withReach([coverage], facts);
    const isLookedAt = looked !== undefined && dueOn <= (looked.reach ?? dueOn);
    if (isTaken) within++;
    if (!isLookedAt) beyond++;
    return isLookedAt || !isTaken;
  });
  fc.assert(check, { numRuns: 1_000 });
  t.ok(beyond > 100 && within > 100, `${within} taken up, ${beyond} beyond`);
  t.end();
});
