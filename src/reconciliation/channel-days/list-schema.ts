// Shapes of the list of days at the HTTP edge. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { OfChannel } from './of-channel.ts';
import { DayAnswer } from './schema.ts';

const closed = { additionalProperties: false };
const { businessDate, channelCode, state, final, balanced, balancedAt, balanceBy, version } =
  DayAnswer.properties;

export const DayQuery = Type.Object(OfChannel, closed);

export const DayListQuery = Type.Object(
  {
    ...OfChannel,
    from: Type.Optional(Type.String({ format: 'date', description: 'The first business date.' })),
    to: Type.Optional(Type.String({ format: 'date', description: 'The last business date.' })),
    after: Type.Optional(Type.String({ maxLength: 50, description: 'The `next` of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);
export type DayListQuery = Static<typeof DayListQuery>;

export const DayList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        businessDate,
        channelCode,
        state,
        final,
        balanced,
        balancedAt,
        balanceBy,
        version,
        openBreaks: Type.Integer({ minimum: 0 }),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        items: [
          {
            businessDate: '2026-11-22',
            channelCode: 'bank-one',
            state: 'matched',
            final: true,
            balanced: false,
            balancedAt: null,
            balanceBy: '2026-11-24T14:00:00.000Z',
            version: 1,
            openBreaks: 1,
          },
        ],
        next: null,
      },
    ],
  },
);
export type DayList = Static<typeof DayList>;
