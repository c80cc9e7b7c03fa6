// Shapes of the reports that are made when they are asked for.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';

const closed = { additionalProperties: false };
const Day = (description: string) => Type.String({ format: 'date', description, examples: ['2026-11-22'] });
export const Instant = Type.String({ format: 'date-time' });
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

const biller = Type.Optional(
  Type.String({
    maxLength: 32,
    description: 'The agency, where the operator asks.',
    examples: ['om-social'],
  }),
);
const language = Type.Optional(
  Type.Enum(['ar', 'fr', 'en'], { description: 'Of a file; else Accept-Language.' }),
);
const format = (other: 'xlsx' | 'pdf') =>
  Type.Optional(
    Type.Enum(['json', other], { description: `The same as asking by Accept; without both: JSON.` }),
  );

export const DailyQuery = Type.Object(
  { date: Day('A business date.'), biller, language, format: format('xlsx') },
  closed,
);
export const SpanQuery = Type.Object(
  {
    from: Day('The first day.'),
    to: Day('The last day; at most 92 days.'),
    biller,
    language,
    format: format('xlsx'),
  },
  closed,
);
export const StatementQuery = Type.Object(
  {
    from: Day('The first business date.'),
    to: Day('The last; at most 366 days.'),
    biller,
    language,
    format: format('pdf'),
  },
  closed,
);
export const PayerParams = Type.Object({
  payerId: Type.String({ minLength: 1, maxLength: 64, examples: ['E-20417'] }),
});

const totals = {
  payments: Type.Integer({ description: 'Accepted, on whatever route.' }),
  bills: Type.Integer(),
  gross: Money,
  reversals: Type.Integer(),
  reversed: Money,
  adjusted: Money,
  net: Money,
  direct: Money,
  credited: Money,
  payerFees: Money,
  billerFees: Money,
};
const DailyTotals = Type.Object(totals);
export type DailyTotals = Static<typeof DailyTotals>;
const Keyed = Type.Array(Type.Object({ key: Type.String(), ...totals }));

export const none = { value: '0.000', currency: 'OMR' };
export const some = { value: '125.500', currency: 'OMR' };
const exampleTotals = {
  payments: 1,
  bills: 1,
  gross: some,
  reversals: 0,
  reversed: none,
  adjusted: none,
  net: some,
  direct: none,
  credited: none,
  payerFees: none,
  billerFees: none,
};

export const DailyAnswer = Type.Object(
  {
    billerCode: Type.String(),
    date: Type.String(),
    currency: Type.String(),
    asOf: Instant,
    state: Type.Enum(['not-opened', 'open', 'sealed']),
    cutOffAt: orNull(Instant),
    sealedAt: orNull(Instant),
    settlementId: orNull(Type.String()),
    totals: DailyTotals,
    channels: Keyed,
    methods: Keyed,
    units: Keyed,
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        date: '2026-11-22',
        currency: 'OMR',
        asOf: '2026-11-22T08:20:00.000Z',
        state: 'open',
        cutOffAt: '2026-11-22T12:00:00.000Z',
        sealedAt: null,
        settlementId: null,
        totals: exampleTotals,
        channels: [{ key: 'bank-one', ...exampleTotals }],
        methods: [{ key: 'cash', ...exampleTotals }],
        units: [{ key: '', ...exampleTotals }],
      },
    ],
  },
);
export type DailyAnswer = Static<typeof DailyAnswer>;

const Ms = orNull(
  Type.Number({ description: 'Milliseconds that this share of them stayed within; null: there were none.' }),
);
const speed = { count: Type.Integer(), p50Ms: Ms, p95Ms: Ms, p99Ms: Ms };
const Speed = Type.Object(speed);
export type Speed = Static<typeof Speed>;
const Share = orNull(Type.Number({ minimum: 0, maximum: 1 }));

export const PerformanceAnswer = Type.Object(
  {
    billerCode: Type.String(),
    from: Type.String(),
    to: Type.String(),
    timeZone: Type.String(),
    volumes: Type.Array(
      Type.Object({
        date: Type.String(),
        payments: Type.Integer(),
        amount: Money,
        credited: Type.Integer(),
        reversed: Type.Integer({ description: 'Of the payments of this day, whenever it was.' }),
      }),
    ),
    refusals: Type.Array(
      Type.Object({
        code: Type.String(),
        count: Type.Integer({ description: 'Answers; a refusal that is asked for again counts again.' }),
        failure: Type.Boolean({ description: 'The service failed, nobody was at fault outside.' }),
      }),
    ),
    payments: Speed,
    inquiries: Speed,
    confirmations: Type.Object({
      ...speed,
      aside: Type.Integer({
        description: 'Events that the agency refused at first; their delay is its own.',
      }),
    }),
    availability: Type.Object(
      {
        up: Share,
        answered: Share,
      },
      {
        description:
          'Shares of the minutes in which a gateway lived, and of the answers that were no failure.',
      },
    ),
    hours: Type.Array(
      Type.Object({
        hour: Type.String({ description: 'By the agency’s own clock.' }),
        answers: Type.Integer(),
        failures: Type.Integer(),
        minutesUp: Type.Integer(),
        minutes: Type.Integer({ description: 'Of the hour that had passed.' }),
      }),
    ),
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        from: '2026-11-22',
        to: '2026-11-22',
        timeZone: 'Asia/Muscat',
        volumes: [{ date: '2026-11-22', payments: 1, amount: some, credited: 0, reversed: 0 }],
        refusals: [{ code: 'underpayment', count: 2, failure: false }],
        payments: { count: 3, p50Ms: 4.2, p95Ms: 8.8, p99Ms: 9.8 },
        inquiries: { count: 5, p50Ms: 1.2, p95Ms: 1.9, p99Ms: 2 },
        confirmations: { count: 1, p50Ms: 61, p95Ms: 69, p99Ms: 69.8, aside: 0 },
        availability: { up: 1, answered: 1 },
        hours: [{ hour: '2026-11-22 12:00', answers: 8, failures: 0, minutesUp: 20, minutes: 20 }],
      },
    ],
  },
);
export type PerformanceAnswer = Static<typeof PerformanceAnswer>;
