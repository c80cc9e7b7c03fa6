// Penalties, given and expected, and against a model that walks the delay day by day with fractions of its own.

import fc from 'fast-check';
import t from 'tap';
import {
  amountDue,
  effectiveDueOn,
  effectiveStatus,
  penaltyOn,
  type Lateness,
} from '../../src/bills/index.ts';
import type { PenaltyComponent } from '../../src/billers/index.ts';
import type { Rounding } from '../../src/kernel/rounding.ts';

const FIVE: PenaltyComponent = { percent: '5', every: 'once' };

t.test('given a delay, the penalty is', async (t) => {
  // principal, due on, paid on, components, penalty (minor units of DZD)
  const table: [bigint, string, string, PenaltyComponent[], bigint][] = [
    [100_00n, '2026-03-10', '2026-03-09', [FIVE], 0n],
    [100_00n, '2026-03-10', '2026-03-10', [FIVE], 0n],
    [100_00n, '2026-03-10', '2026-03-11', [FIVE], 5_00n],
    [100_00n, '2026-03-10', '2027-03-11', [FIVE], 5_00n],
    [100_00n, '2026-03-10', '2027-03-11', [], 0n],
    // once, after days of grace
    [100_00n, '2026-03-10', '2026-03-14', [{ ...FIVE, fromDay: 5 }], 0n],
    [100_00n, '2026-03-10', '2026-03-15', [{ ...FIVE, fromDay: 5 }], 5_00n],
    // each day, from the day named until the day of payment
    [100_00n, '2026-02-27', '2026-03-02', [{ percent: '0.1', every: 'day' }], 30n],
    [100_00n, '2024-02-27', '2024-03-02', [{ percent: '0.1', every: 'day' }], 40n],
    [100_00n, '2026-02-27', '2026-03-02', [{ flat: '1.50', every: 'day', fromDay: 2 }], 3_00n],
    [100_00n, '2026-02-27', '2026-02-28', [{ flat: '1.50', every: 'day', fromDay: 2 }], 0n],
    // each month begun: it ends on the day-number of dueOn, or on the month's last day
    [100_00n, '2026-01-31', '2026-02-28', [{ percent: '1', every: 'month' }], 1_00n],
    [100_00n, '2026-01-31', '2026-03-01', [{ percent: '1', every: 'month' }], 2_00n],
    [100_00n, '2026-01-31', '2026-03-31', [{ percent: '1', every: 'month' }], 2_00n],
    [100_00n, '2026-01-31', '2026-04-01', [{ percent: '1', every: 'month' }], 3_00n],
    [100_00n, '2024-01-31', '2024-02-29', [{ percent: '1', every: 'month' }], 1_00n],
    [100_00n, '2026-12-15', '2027-01-15', [{ percent: '1', every: 'month' }], 1_00n],
    [100_00n, '2026-12-15', '2027-01-16', [{ percent: '1', every: 'month' }], 2_00n],
    // a month component that begins in the second month takes no first month
    [100_00n, '2026-12-15', '2027-01-15', [{ percent: '1', every: 'month', fromDay: 32 }], 0n],
    [100_00n, '2026-12-15', '2027-01-16', [{ percent: '1', every: 'month', fromDay: 32 }], 1_00n],
    [100_00n, '2026-12-15', '2027-02-16', [{ percent: '1', every: 'month', fromDay: 32 }], 2_00n],
    // ceilings hold for their own component; of two the lower
    [
      100_00n,
      '2026-01-01',
      '2026-12-31',
      [{ percent: '1', every: 'day', ceiling: { percent: '20' } }],
      20_00n,
    ],
    [100_00n, '2026-01-01', '2026-12-31', [{ percent: '1', every: 'day', ceiling: { flat: '7.25' } }], 7_25n],
    [
      100_00n,
      '2026-01-01',
      '2026-12-31',
      [FIVE, { flat: '1.00', every: 'day', ceiling: { percent: '20', flat: '30.00' } }],
      25_00n,
    ],
    [100_00n, '2026-01-01', '2026-12-31', [{ ...FIVE, ceiling: { flat: '0.00' } }], 0n],
    // never more than the largest amount there is
    [10n ** 15n, '2026-01-01', '2036-01-01', [{ percent: '900', every: 'day' }], 10n ** 15n],
    // three parts of a third of a unit are one unit: rounded once, after the sum
    [
      1n,
      '2026-01-01',
      '2026-01-02',
      [
        { percent: '33.4', every: 'once' },
        { percent: '33.4', every: 'day' },
        { percent: '33.4', every: 'month' },
      ],
      1n,
    ],
    [
      3n,
      '2026-01-01',
      '2026-01-02',
      [
        { percent: '16', every: 'once' },
        { percent: '16', every: 'day' },
      ],
      1n,
    ],
    [1n, '2026-01-01', '2026-01-02', [{ percent: '49.999999', every: 'once' }], 0n],
    [1n, '2026-01-01', '2026-01-02', [{ percent: '50', every: 'once' }], 1n],
  ];
  for (const [principalMinor, dueOn, paidOn, components, expected] of table) {
    const penalty = penaltyOn({
      principalMinor,
      dueOn,
      paidOn,
      components,
      currency: 'DZD',
      rounding: 'half-up',
    });
    t.equal(penalty, expected, `${principalMinor} due ${dueOn} paid ${paidOn} ${JSON.stringify(components)}`);
  }
});

t.test('the biller says how to round', async (t) => {
  const late = {
    principalMinor: 50n,
    dueOn: '2026-01-01',
    paidOn: '2026-01-02',
    components: [FIVE],
    currency: 'OMR',
  };
  const expected: [Rounding, bigint][] = [
    ['half-up', 3n],
    ['half-even', 2n],
    ['up', 3n],
    ['down', 2n],
  ];
  for (const [rounding, minor] of expected) t.equal(penaltyOn({ ...late, rounding }), minor, rounding);
});

t.test('flat amounts are of the currency', async (t) => {
  const late = {
    principalMinor: 1000n,
    dueOn: '2026-01-01',
    paidOn: '2026-01-02',
    rounding: 'half-up',
  } as const;
  const components: PenaltyComponent[] = [{ flat: '1.500', every: 'once' }];
  t.equal(penaltyOn({ ...late, components, currency: 'OMR' }), 1500n);
  t.throws(() => penaltyOn({ ...late, components, currency: 'DZD' }), {
    message: 'penalty of 1.500 is no amount of DZD',
  });
  t.equal(penaltyOn({ ...late, components: [{ flat: '7', every: 'once' }], currency: 'JPY' }), 7n);
});

t.test('a due date on a day nobody works moves forward where the biller says so', async (t) => {
  const calendar = {
    timeZone: 'Africa/Algiers',
    cutOff: '24:00',
    weekend: [5, 6],
    holidays: new Set(['2026-03-22']),
  };
  const moves = {
    currency: 'DZD',
    penalty: [FIVE],
    rounding: 'half-up',
    dueMovesForward: true,
    calendar,
  } as const;
  const stays = { ...moves, dueMovesForward: false };
  t.equal(effectiveDueOn('2026-03-20', moves), '2026-03-23', 'Friday, Saturday, holiday');
  for (const day of ['2026-03-19', '9999-12-31']) t.equal(effectiveDueOn(day, moves), day, 'it stays');
  t.equal(effectiveDueOn('2026-03-20', stays), '2026-03-20');
  const bill = { amountMinor: 100_00n, dueOn: '2026-03-20', penalty: null };
  const penalties = (biller: typeof moves | typeof stays): bigint[] =>
    ['2026-03-20', '2026-03-23', '2026-03-24'].map((paidOn) => amountDue(bill, biller, paidOn).penaltyMinor);
  t.same(penalties(moves), [0n, 0n, 5_00n]);
  t.same(penalties(stays), [0n, 5_00n, 5_00n]);
});

t.test("a bill's own penalty takes the place of the biller's; an open amount bears none", async (t) => {
  const calendar = { timeZone: 'Asia/Muscat', cutOff: '24:00', weekend: [5, 6], holidays: new Set<string>() };
  const biller = {
    currency: 'OMR',
    penalty: [FIVE],
    rounding: 'half-up',
    dueMovesForward: false,
    calendar,
  } as const;
  const bill = { amountMinor: 10_000n, dueOn: '2026-01-01', penalty: null };
  const on = '2026-01-05';
  t.same(amountDue(bill, biller, on), { principalMinor: 10_000n, penaltyMinor: 500n, dueMinor: 10_500n });
  t.equal(amountDue({ ...bill, penalty: [{ flat: '1.000', every: 'once' }] }, biller, on).dueMinor, 11_000n);
  t.equal(amountDue({ ...bill, penalty: [] }, biller, on).dueMinor, 10_000n);
  t.same(amountDue({ ...bill, amountMinor: null }, biller, on), {
    principalMinor: null,
    penaltyMinor: 0n,
    dueMinor: null,
  });
});

t.test('given a stored status and a day, the state is', async (t) => {
  const table: ['open' | 'paid' | 'cancelled', string | null, string, string][] = [
    ['open', null, '2999-01-01', 'open'],
    ['open', '2026-03-10', '2026-03-09', 'open'],
    ['open', '2026-03-10', '2026-03-10', 'open'],
    ['open', '2026-03-10', '2026-03-11', 'expired'],
    ['paid', '2026-03-10', '2026-03-11', 'paid'],
    ['cancelled', '2026-03-10', '2026-03-11', 'cancelled'],
  ];
  for (const [status, expiresOn, today, expected] of table) {
    t.equal(
      effectiveStatus({ status, expiresOn }, today),
      expected,
      `${status} until ${expiresOn} on ${today}`,
    );
  }
});

const DAY_MS = 86_400_000;
const day = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
const FIRST = Date.UTC(2023, 0, 1) / DAY_MS;

const flat = fc
  .bigInt(0n, 500_000n)
  .map((minor) => `${minor / 1000n}.${String(minor % 1000n).padStart(3, '0')}`);
const percent = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.stringMatching(/^[0-9]{1,6}$/))
  .map(([whole, rest]) => `${whole}.${rest}`);
const component: fc.Arbitrary<PenaltyComponent> = fc.record(
  {
    flat,
    percent,
    every: fc.constantFrom('once' as const, 'day' as const, 'month' as const),
    fromDay: fc.integer({ min: 1, max: 100 }),
    ceiling: fc.record({ flat, percent }, { requiredKeys: [] }),
  },
  { requiredKeys: ['every'] },
);
const lateness = fc.record({
  principalMinor: fc.bigInt(1n, 10n ** 15n),
  due: fc.integer({ min: FIRST, max: FIRST + 1500 }),
  days: fc.integer({ min: -5, max: 800 }),
  components: fc.array(component, { maxLength: 4 }),
  rounding: fc.constantFrom<Rounding>('half-up', 'half-even', 'up', 'down'),
});

function late({
  due,
  days,
  ...rest
}: { due: number; days: number } & Omit<Lateness, 'dueOn' | 'paidOn' | 'currency'>): Lateness {
  return { ...rest, dueOn: day(due), paidOn: day(due + days), currency: 'OMR' };
}

t.test('nothing is owed up to and on the due date', async () => {
  fc.assert(fc.property(lateness, (of) => penaltyOn(late({ ...of, days: Math.min(of.days, 0) })) === 0n));
});

t.test('a longer delay never costs less', async () => {
  fc.assert(
    fc.property(lateness, fc.integer({ min: 1, max: 40 }), (of, more) => {
      return penaltyOn(late(of)) <= penaltyOn(late({ ...of, days: of.days + more }));
    }),
  );
});

t.test('no delay costs more than the ceilings together, rounded', async () => {
  const capped = component.map((each) => ({ ...each, ceiling: { percent: '10' } }));
  fc.assert(
    fc.property(lateness, fc.array(capped, { maxLength: 4 }), (of, components) => {
      const most = (of.principalMinor * BigInt(components.length) + 9n) / 10n;
      return penaltyOn(late({ ...of, components })) <= most;
    }),
  );
});

t.test('the same as a model that walks the calendar with fractions', async (t) => {
  fc.assert(
    fc.property(lateness, (of) => {
      t.equal(penaltyOn(late(of)), modelPenalty(of));
    }),
    { numRuns: 500 },
  );
});

// The model: fractions as pairs, days walked one by one, months by JavaScript's own calendar.
type Fraction = readonly [bigint, bigint];

function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * d + c * b, b * d];
}
function least(a: Fraction, b: Fraction): Fraction {
  return a[0] * b[1] <= b[0] * a[1] ? a : b;
}
function decimal(text: string): Fraction {
  const [whole = '', rest = ''] = text.split('.');
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)];
}
function rate(of: { flat?: string; percent?: string }, principal: bigint): Fraction {
  const [flatOver, flatUnder] = decimal(of.flat ?? '0');
  const [share, whole] = decimal(of.percent ?? '0');
  return plus([flatOver * 1000n, flatUnder], [share * principal, whole * 100n]);
}

function modelPenalty(of: {
  principalMinor: bigint;
  due: number;
  days: number;
  components: PenaltyComponent[];
  rounding: Rounding;
}): bigint {
  let sum: Fraction = [0n, 1n];
  for (const part of of.components) {
    let charged: Fraction = [0n, 1n];
    const counted = new Set<number>();
    for (let delay = 1; delay <= of.days; delay++) {
      if (delay < (part.fromDay ?? 1)) continue;
      const period = { once: 0, day: delay, month: modelMonth(of.due, of.due + delay) }[part.every];
      if (counted.has(period)) continue;
      counted.add(period);
      charged = plus(charged, rate(part, of.principalMinor));
    }
    if (part.ceiling?.flat !== undefined)
      charged = least(charged, rate({ flat: part.ceiling.flat }, of.principalMinor));
    if (part.ceiling?.percent !== undefined)
      charged = least(charged, rate({ percent: part.ceiling.percent }, of.principalMinor));
    sum = plus(sum, charged);
  }
  const rounded = modelRound(sum, of.rounding);
  return rounded > 10n ** 15n ? 10n ** 15n : rounded;
}

/** The number of the month of delay in which a day lies. */
function modelMonth(due: number, date: number): number {
  const start = new Date(due * DAY_MS);
  for (let month = 1; ; month++) {
    const lastDay = new Date(
      Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month + 1, 0),
    ).getUTCDate();
    const end = Date.UTC(
      start.getUTCFullYear(),
      start.getUTCMonth() + month,
      Math.min(start.getUTCDate(), lastDay),
    );
    if (date * DAY_MS <= end) return month;
  }
}

function modelRound([over, under]: Fraction, rounding: Rounding): bigint {
  const down = over / under;
  const rest = over - down * under;
  const half = {
    'half-up': 2n * rest >= under,
    'half-even': 2n * rest > under || (2n * rest === under && down % 2n === 1n),
  };
  const up = { ...half, up: rest > 0n, down: false }[rounding];
  return up ? down + 1n : down;
}
