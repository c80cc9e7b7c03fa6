// Shape of the day at a glance.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { Speed } from '../../settlement/reports/index.ts';
import { MOST_OPEN } from './store-today.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const Instant = Type.String({ format: 'date-time' });
const Code = (description: string, example: string) =>
  Type.Optional(Type.String({ maxLength: 32, description, examples: [example] }));

export const TodayQuery = Type.Object(
  {
    date: Type.Optional(
      Type.String({
        format: 'date',
        description: 'A business date; without it the one that each agency’s payments are dated in now.',
        examples: ['2026-11-22'],
      }),
    ),
    biller: Code('One agency, where the operator asks.', 'om-social'),
    channel: Code('What came by one channel, where an agency or the operator asks.', 'bank-one'),
  },
  { additionalProperties: false },
);

const Part = Type.Object({ payments: Type.Integer(), amount: Money });
const paid = {
  currency: Type.String(),
  accepted: Type.Object(Part.properties, { description: 'Also what was reversed since.' }),
  credited: Type.Object(Part.properties, { description: 'Money kept for the payer, without a bill.' }),
  reversed: Type.Object(Part.properties, { description: 'Reversed on this date, whenever it was paid.' }),
};
const Paid = Type.Object(paid);
export type Paid = Static<typeof Paid>;

const some = { value: '125.500', currency: 'OMR' };
const none = { payments: 0, amount: { value: '0.000', currency: 'OMR' } };
const example = { currency: 'OMR', accepted: { payments: 1, amount: some }, credited: none, reversed: none };

export const TodayAnswer = Type.Object(
  {
    asOf: Instant,
    days: Type.Array(
      Type.Object({
        billerCode: Type.String(),
        currency: Type.String(),
        businessDate: Type.String(),
        state: Type.Enum(['not-opened', 'open', 'sealed']),
        cutOffAt: orNull(Instant),
      }),
      { description: 'Whose dates these are: agencies in different places may be at different ones.' },
    ),
    totals: Type.Array(Paid, { description: 'By currency. Empty: nothing was paid.' }),
    billers: Type.Array(Type.Object({ billerCode: Type.String(), ...paid })),
    channels: Type.Array(Type.Object({ channelCode: Type.String(), ...paid })),
    hours: Type.Array(Type.Object({ hour: Instant, ...paid }), {
      description: 'By the hour that they were recorded in; hours without any are left out.',
    }),
    refusals: orNull(
      Type.Array(
        Type.Object({
          code: Type.String(),
          count: Type.Integer(),
          failure: Type.Boolean({ description: 'The service failed, nobody was at fault outside.' }),
        }),
        {
          description:
            'Of payments, the most frequent first; counted every twenty seconds. null: of a channel.',
        },
      ),
    ),
    answers: orNull(Type.Object(Speed.properties, { description: 'How fast payments were answered.' })),
    confirmations: orNull(
      Type.Object(
        { ...Speed.properties, aside: Type.Integer() },
        { description: 'From a payment until its agency had been told.' },
      ),
    ),
    undelivered: orNull(
      Type.Object(
        { waiting: Type.Integer(), aside: Type.Integer(), parked: Type.Integer() },
        { description: 'Events that agencies who are told have not been told yet.' },
      ),
    ),
    open: Type.Object(
      { approvals: orNull(Type.Integer()), breaks: Type.Integer() },
      { description: `What waits for people, counted up to ${MOST_OPEN}.` },
    ),
  },
  {
    examples: [
      {
        asOf: '2026-11-22T08:20:00.000Z',
        days: [
          {
            billerCode: 'om-social',
            currency: 'OMR',
            businessDate: '2026-11-22',
            state: 'open',
            cutOffAt: '2026-11-22T12:00:00.000Z',
          },
        ],
        totals: [example],
        billers: [{ billerCode: 'om-social', ...example }],
        channels: [{ channelCode: 'bank-one', ...example }],
        hours: [{ hour: '2026-11-22T08:00:00.000Z', ...example }],
        refusals: [{ code: 'underpayment', count: 2, failure: false }],
        answers: { count: 3, p50Ms: 4.2, p95Ms: 8.8, p99Ms: 9.8 },
        confirmations: { count: 1, p50Ms: 61, p95Ms: 69, p99Ms: 69.8, aside: 0 },
        undelivered: { waiting: 0, aside: 0, parked: 0 },
        open: { approvals: 1, breaks: 0 },
      },
    ],
  },
);
export type TodayAnswer = Static<typeof TodayAnswer>;
