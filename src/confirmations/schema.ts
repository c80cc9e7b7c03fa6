// Shapes of events and webhooks (api.md, "Agencies" and "To the agency").

import { Type, type Static } from 'typebox';
import { EVENT_TYPES } from './event-types.ts';

const closed = { additionalProperties: false };

const paymentData = {
  eventId: 'evt_06fhp0c6dm000g8k2n5v7w9xqz',
  revision: 1,
  paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
  reference: '2026-11-22.000417',
  status: 'accepted',
  receiptNumber: '01-7Q2M-X9ZT-C4WH-J',
  billerCode: 'om-social',
  channelCode: 'bank-one',
  bills: [
    { billNumber: 'OM-2026-000417', payerId: 'E-20417', amount: { value: '125.500', currency: 'OMR' } },
  ],
  amount: { value: '125.500', currency: 'OMR' },
  businessDate: '2026-11-22',
  acceptedAt: '2026-11-22T08:15:30.123Z',
};

export const FeedEvent = Type.Object({
  cursor: Type.String({ description: 'Give it back as `after` to go on behind this event.' }),
  type: Type.String({ examples: ['payment.accepted'] }),
  timestamp: Type.String({ format: 'date-time' }),
  data: Type.Object(
    {
      eventId: Type.String({ description: 'The same here and as `webhook-id` of its delivery.' }),
      revision: Type.Integer({ description: 'Events of one payment count up: 1, 2 …' }),
    },
    { additionalProperties: true },
  ),
});

export const FeedPage = Type.Object(
  {
    items: Type.Array(FeedEvent),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The cursor of the last event here, to go on behind it; null when there was none.',
    }),
  },
  {
    examples: [
      {
        items: [
          {
            cursor: 'f41',
            type: 'payment.accepted',
            timestamp: '2026-11-22T08:15:30.123Z',
            data: paymentData,
          },
        ],
        next: 'f41',
      },
    ],
  },
);

export const FeedQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        pattern: '^f[0-9]{1,18}$',
        description: 'A `cursor` or `next`; without it the feed begins at its first event.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        description: 'Seconds to wait for an event when there is none yet (long polling).',
      }),
    ),
  },
  closed,
);

export const WebhookBody = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 2048, examples: ['https://agency.example/wasit'] }),
    secret: Type.Optional(
      Type.String({
        maxLength: 128,
        description:
          '`whsec_` and the base64 of 24 to 64 bytes. Without it the one that stands is kept, or one is made.',
      }),
    ),
    events: Type.Optional(
      Type.Array(Type.Enum(EVENT_TYPES), {
        minItems: 1,
        uniqueItems: true,
        description: 'Types; `payment.*` is all that begin so. Without it: all, those of later versions too.',
        examples: [['payment.accepted', 'payment.reversed']],
      }),
    ),
    batch: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Several events of a type in one request: `data` is an array.',
      }),
    ),
  },
  { ...closed, examples: [{ url: 'https://agency.example/wasit', batch: true }] },
);
export type WebhookBody = Static<typeof WebhookBody>;

export const WebhookAnswer = Type.Object(
  {
    url: Type.String(),
    events: Type.Union([Type.Array(Type.String()), Type.Null()]),
    batch: Type.Boolean(),
    secret: Type.Optional(
      Type.String({ description: 'The one that signs; shown to who sets the webhook without naming one.' }),
    ),
    previousSecretUntil: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'Until then requests carry the signature of the secret before too; those before it end earlier.',
      }),
    ),
    delivery: Type.Object({
      waiting: Type.Integer({ description: 'Events that are still to be sent for the first time.' }),
      aside: Type.Integer({ description: 'Events refused, or behind one that was; they are tried again.' }),
      parked: Type.Integer({ description: 'Events given up after three days; send them again by hand.' }),
      failingSince: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      lastFailure: Type.Union([Type.String(), Type.Null()]),
      nextTryAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  },
  {
    examples: [
      {
        url: 'https://agency.example/wasit',
        events: null,
        batch: false,
        delivery: { waiting: 0, aside: 0, parked: 0, failingSince: null, lastFailure: null, nextTryAt: null },
      },
    ],
  },
);
export type WebhookAnswer = Static<typeof WebhookAnswer>;

export const TestAnswer = Type.Object(
  {
    acknowledged: Type.Boolean({ description: 'The endpoint answered 2xx.' }),
    failure: Type.Optional(Type.String({ description: 'What came back instead.', examples: ['status 500'] })),
  },
  { examples: [{ acknowledged: true }] },
);

export const AsideQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['aside', 'parked'])),
    after: Type.Optional(Type.String({ pattern: '^f[0-9]{1,18}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);

export const AsideList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        eventId: Type.String(),
        type: Type.String(),
        subject: Type.String({ description: 'What it is about: a payment, a settlement …' }),
        state: Type.Enum(['aside', 'parked']),
        attempts: Type.Integer(),
        lastFailure: Type.Union([Type.String(), Type.Null()], {
          description: 'null: it only waits behind another of the same bill.',
        }),
        setAsideAt: Type.String({ format: 'date-time' }),
        nextTryAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        items: [
          {
            eventId: 'evt_06fhp0c6dm000g8k2n5v7w9xqz',
            type: 'payment.accepted',
            subject: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
            state: 'parked',
            attempts: 41,
            lastFailure: 'status 422',
            setAsideAt: '2026-11-19T08:15:30.123Z',
            nextTryAt: null,
          },
        ],
        next: null,
      },
    ],
  },
);

export const ResendBody = Type.Object(
  {
    eventIds: Type.Optional(
      Type.Array(Type.String({ pattern: '^evt_[0-9a-z]{26}$' }), { minItems: 1, maxItems: 1000 }),
    ),
    state: Type.Optional(Type.Literal('parked')),
    billerCode: Type.Optional(
      Type.String({ maxLength: 32, description: 'Whose; the operator’s people have to say it.' }),
    ),
  },
  {
    ...closed,
    description: 'Either `eventIds`, delivered or not, or `state: "parked"` for all that were given up.',
    examples: [{ state: 'parked' }],
  },
);
export type ResendBody = Static<typeof ResendBody>;

export const ResendAnswer = Type.Object(
  { resent: Type.Integer({ description: 'Events on their way again, each under its own id.' }) },
  { examples: [{ resent: 3 }] },
);
