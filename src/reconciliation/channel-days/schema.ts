// Shapes of a channel's day at the HTTP edge (api.md, "Channels"). Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { BREAK_KINDS } from '../breaks/index.ts';
import { OfChannel } from './of-channel.ts';

const closed = { additionalProperties: false };
const Day = Type.String({ format: 'date', examples: ['2026-11-22'] });
const Instant = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Count = (description: string) => Type.Integer({ minimum: 0, description });

/** Sums of a day may be larger than any one amount. */
const Sum = Type.Object(
  {
    value: Type.String({
      pattern: '^(0|[1-9][0-9]*)(\\.[0-9]{1,4})?$',
      description: "Decimal, with exactly the currency's scale.",
    }),
    currency: Money.properties.currency,
  },
  { examples: [{ value: '125500.000', currency: 'OMR' }] },
);

export const DayParams = Type.Object({ businessDate: Day }, closed);

export const DayReceived = Type.Object(
  {
    businessDate: Day,
    version: Type.Integer({
      minimum: 1,
      description: 'Files of this date that were received whole, this one included.',
    }),
  },
  {
    description: 'Ask for the state at the same address.',
    examples: [{ businessDate: '2026-11-22', version: 1 }],
  },
);
export type DayReceived = Static<typeof DayReceived>;

const Side = Type.Object({
  count: Count('Payments that were taken and not given back by the end of the date.'),
  amount: Sum,
  reversed: Count('Payments that were given back; they are in no amount.'),
});

const Fault = Type.Object({
  line: Type.Union([
    Type.Integer({ description: 'Counts from 1, the header of a CSV file being line 1.' }),
    Type.Null({ description: 'The file as a whole.' }),
  ]),
  field: Type.String({ description: 'Empty: the whole line.' }),
  detail: Type.String(),
});

const Version = Type.Object({
  version: orNull(Type.Integer({ description: 'Null while it is received.' })),
  state: Type.Enum(['receiving', 'loading', 'matched', 'failed']),
  format: Type.Enum(['csv', 'ndjson']),
  bytes: Count('Size as sent.'),
  sha256: orNull(Type.String({ description: 'Of the bytes as sent, hexadecimal.' })),
  lines: orNull(Count('Payments in the file.')),
  broughtBy: orNull(
    Type.String({ description: 'Who of the operator brought it; null: the channel sent it.' }),
  ),
  receivedAt: Instant,
  doneAt: orNull(Instant),
});

export const DayAnswer = Type.Object(
  {
    businessDate: Day,
    channelCode: Type.String(),
    state: Type.Enum(['receiving', 'loading', 'provisional', 'matched', 'failed'], {
      description:
        'Of the latest file. `provisional`: matched while payments may still get this date; it is matched again once the day of every biller is sealed. `failed`: it is malformed, nothing of it counts, and the version before stays in force.',
    }),
    final: Type.Boolean({
      description:
        'The version in force was matched after the day of every biller was sealed, and no later file is on its way.',
    }),
    balanced: Type.Boolean({ description: 'Final, and no break is open.' }),
    balancedAt: orNull(Instant),
    balanceBy: orNull(
      Type.String({ format: 'date-time', description: 'Two days after the last cut-off of the date.' }),
    ),
    version: orNull(Type.Integer({ description: 'In force: totals and breaks are of this one.' })),
    matchedAt: orNull(Instant),
    totals: Type.Array(
      Type.Object({ currency: Money.properties.currency, theirs: Side, ours: Side, matched: Side }),
      { description: 'By currency. Nothing before a file was matched.' },
    ),
    breaks: Type.Array(
      Type.Object({
        kind: Type.Enum([...BREAK_KINDS]),
        open: Count('To be resolved.'),
        resolved: Count('Done.'),
      }),
    ),
    faults: Type.Array(Fault, { description: 'Of the latest file when it failed: the first 100.' }),
    versions: Type.Array(Version, { description: 'The latest first, at most 100.' }),
  },
  {
    examples: [
      {
        businessDate: '2026-11-22',
        channelCode: 'bank-one',
        state: 'matched',
        final: true,
        balanced: false,
        balancedAt: null,
        balanceBy: '2026-11-24T14:00:00.000Z',
        version: 1,
        matchedAt: '2026-11-22T14:05:10.000Z',
        totals: [
          {
            currency: 'OMR',
            theirs: { count: 417, amount: { value: '52208.500', currency: 'OMR' }, reversed: 2 },
            ours: { count: 416, amount: { value: '52083.000', currency: 'OMR' }, reversed: 2 },
            matched: { count: 416, amount: { value: '52083.000', currency: 'OMR' }, reversed: 2 },
          },
        ],
        breaks: [{ kind: 'missing-here', open: 1, resolved: 0 }],
        faults: [],
        versions: [
          {
            version: 1,
            state: 'matched',
            format: 'csv',
            bytes: 21_840,
            sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            lines: 419,
            broughtBy: null,
            receivedAt: '2026-11-22T14:04:58.000Z',
            doneAt: '2026-11-22T14:05:10.000Z',
          },
        ],
      },
    ],
  },
);
export type DayAnswer = Static<typeof DayAnswer>;

const Words = Type.Object({}, { additionalProperties: true });

export const BreakQuery = Type.Object(
  {
    ...OfChannel,
    state: Type.Optional(
      Type.Enum(['open', 'resolved', 'gone'], {
        description:
          'Left out: open and resolved. `gone`: a later file, or what happened since, says it no more.',
      }),
    ),
    kind: Type.Optional(Type.Enum([...BREAK_KINDS])),
    after: Type.Optional(Type.String({ maxLength: 40, description: '`next` of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  closed,
);

export const BreakList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        breakId: Type.String(),
        kind: Type.Enum([...BREAK_KINDS]),
        state: Type.Enum(['open', 'resolved', 'gone']),
        reference: Type.String({ description: 'Of the payment, as you named it.' }),
        amount: Sum,
        line: orNull(Type.Integer({ description: 'Of your file; null: it is not in it.' })),
        ours: orNull(Words),
        theirs: orNull(Words),
        openedAt: Instant,
        endedAt: orNull(Instant),
        resolution: orNull(Type.String()),
      }),
    ),
    next: orNull(Type.String()),
  },
  {
    examples: [
      {
        items: [
          {
            breakId: 'brk_01m8czv1xk0000ab3cd4ef5gh6',
            kind: 'amount-differs',
            state: 'open',
            reference: 'r-417',
            amount: { value: '0.500', currency: 'OMR' },
            line: 12,
            ours: {
              status: 'accepted',
              amount: { value: '125.500', currency: 'OMR' },
              fee: { value: '0.200', currency: 'OMR' },
              businessDate: '2026-11-22',
              acceptedAt: '2026-11-22T08:15:30.123Z',
              paymentId: 'pay_01m8czv1xk0001ab3cd4ef5gh6',
              billerCode: 'om-social',
            },
            theirs: { line: 12, status: 'accepted', amount: { value: '125.000', currency: 'OMR' } },
            openedAt: '2026-11-22T14:05:10.000Z',
            endedAt: null,
            resolution: null,
          },
        ],
        next: null,
      },
    ],
  },
);
export type BreakList = Static<typeof BreakList>;
