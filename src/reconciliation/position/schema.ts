// Shapes of a channel's position.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';

const closed = { additionalProperties: false };
const Day = (description: string) => Type.String({ format: 'date', description, examples: ['2026-11-22'] });
const DateOnly = Type.String({ examples: ['2026-11-22'] });
const currency = Type.String({ pattern: '^[A-Z]{3}$', examples: ['OMR'] });

export const PositionQuery = Type.Object(
  {
    currency: Type.Optional(currency),
    from: Type.Optional(Day('The first business date; with it paid ones are listed too.')),
    to: Type.Optional(Day('The last business date; with it paid ones are listed too.')),
    after: Type.Optional(Type.String({ maxLength: 64, description: '`next` of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  closed,
);
export const PositionStatementQuery = Type.Object(
  {
    from: Day('The first day.'),
    to: Day('The last day; at most 366 days.'),
    currency: Type.Optional({ ...currency, description: 'Needed where the channel has several.' }),
    language: Type.Optional(
      Type.Enum(['ar', 'fr', 'en'], { description: 'Of the PDF; else Accept-Language.' }),
    ),
  },
  closed,
);
export const StatementFormat = Type.Object({ format: Type.Enum(['csv', 'pdf'], { type: 'string' }) }, closed);

const some = { value: '125.500', currency: 'OMR' };
const none = { value: '0.000', currency: 'OMR' };

const Total = Type.Object({
  currency: Type.String(),
  owed: {
    ...Money,
    description:
      'What the ledger says: late + due + toSetOff + running − paidAhead. Below zero: owed to the channel.',
  },
  late: {
    ...Money,
    description: 'Closed business dates whose due date has passed on the biller’s calendar.',
  },
  due: { ...Money, description: 'Closed business dates that are to be paid by a date that has not passed.' },
  toSetOff: {
    ...Money,
    description:
      'Closed business dates of which more was taken back than collected: below zero, set off with the next transfer.',
  },
  running: { ...Money, description: 'Business dates that are not settled yet.' },
  paidAhead: { ...Money, description: 'Paid before it was owed; goes to what is owed next.' },
  creditLimit: Type.Union([Money, Type.Null()]),
  available: Type.Union([Money, Type.Null()], {
    description: 'What is left of the float, or of the credit limit; null: without limit.',
  }),
  toppedUp: { ...Money, description: 'All that a prefunded channel has paid in.' },
});

const PositionDay = Type.Object({
  billerCode: Type.Union([Type.String(), Type.Null()], {
    description: 'null: what was decided of breaks of no one biller on that day (UTC); it is due at once.',
  }),
  businessDate: { ...DateOnly, description: 'Of a running one, the first date that is not settled.' },
  state: Type.Enum(['closed', 'running'], { type: 'string' }),
  owed: Money,
  paid: Money,
  open: Money,
  dueOn: Type.Union([DateOnly, Type.Null()]),
  late: Type.Boolean(),
});

export const PositionAnswer = Type.Object(
  {
    channelCode: Type.String(),
    funding: Type.Enum(['postpaid', 'prefunded'], { type: 'string' }),
    asOf: Type.String({ format: 'date-time' }),
    totals: Type.Array(Total),
    items: Type.Array(PositionDay),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        channelCode: 'bank-one',
        funding: 'postpaid',
        asOf: '2026-11-24T08:20:00.000Z',
        totals: [
          {
            currency: 'OMR',
            owed: some,
            late: some,
            due: none,
            toSetOff: none,
            running: none,
            paidAhead: none,
            creditLimit: null,
            available: null,
            toppedUp: none,
          },
        ],
        items: [
          {
            billerCode: 'om-social',
            businessDate: '2026-11-22',
            state: 'closed',
            owed: some,
            paid: none,
            open: some,
            dueOn: '2026-11-23',
            late: true,
          },
        ],
        next: null,
      },
    ],
  },
);
export type PositionAnswer = Static<typeof PositionAnswer>;
