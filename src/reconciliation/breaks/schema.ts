// What breaks look like over HTTP. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { CODE } from '../../kernel/code-form.ts';
import { WRITTEN_LINE, WRITTEN_TEXT } from '../../kernel/text-form.ts';
import { BREAK_KINDS } from './break.ts';
import { BREAK_ACTIONS, BREAK_STATES } from './states.ts';

const Code = Type.String({ minLength: 1, maxLength: 64 });
const Day = Type.String({ format: 'date' });
const Instant = Type.String({ format: 'date-time' });
const Kind = Type.Enum([...BREAK_KINDS], { type: 'string' });
const State = Type.Enum([...BREAK_STATES], { type: 'string' });
const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: WRITTEN_TEXT });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

export const BreakParams = Type.Object({
  breakId: Type.String({ maxLength: 64, examples: ['brk_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

export const BreakQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Enum([...BREAK_STATES, 'all'], { type: 'string', default: 'open', examples: ['open'] }),
    ),
    kind: Type.Optional(Kind),
    channel: Type.Optional(Type.String({ pattern: CODE })),
    from: Type.Optional(
      Type.String({ format: 'date', description: 'The business date, else the day of opening.' }),
    ),
    to: Type.Optional(Day),
    owner: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        pattern: WRITTEN_LINE,
        description: 'A login, or `none`.',
        examples: ['none'],
      }),
    ),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);
export type BreakQuery = Static<typeof BreakQuery>;

const Somebody = Type.Object({ login: Type.String(), name: Type.String() });
const Side = Type.Unknown({
  description: 'As whoever found it wrote it down for persons; ids, codes and money as everywhere.',
});

const entry = {
  breakId: Type.String(),
  kind: Kind,
  state: State,
  amount: Type.Unsafe<Static<typeof Money>>({ ...Money, description: 'What is at stake.' }),
  direction: orNull(
    Type.Enum(['in', 'out'], { type: 'string' }),
    'Of a line of a statement: into the account, or out of it; null: it is about no line.',
  ),
  since: Instant,
  days: Type.Integer({ description: 'Whole days from its opening until now, or until its end.' }),
  owner: orNull(Somebody),
  billerCode: orNull(Type.String(), 'null: of no one biller.'),
  channelCode: orNull(Type.String()),
  businessDate: orNull(Day),
  reference: orNull(Type.String(), 'The channel’s.'),
  paymentId: orNull(
    Type.String(),
    'Ours; of a break that has ended also the one that its end made or undid.',
  ),
  settlementId: orNull(Type.String(), 'In which that payment was settled.'),
  billNumber: orNull(Type.String()),
  statement: orNull(Type.Object({ statementId: Type.String(), line: Type.Integer() })),
  approvalId: orNull(Type.String(), 'Of the resolution that is asked for, or by which it ended.'),
  resolution: orNull(Type.String()),
  endedAt: orNull(Instant),
};

export const BreakEntry = Type.Object(entry);
export type BreakEntry = Static<typeof BreakEntry>;

const exampleEntry = {
  breakId: 'brk_06fhp0c6dm000g8k2n5v7w9xqz',
  kind: 'missing-here',
  state: 'open',
  amount: { value: '125.500', currency: 'OMR' },
  direction: null,
  since: '2026-11-23T05:00:11.004Z',
  days: 0,
  owner: { login: 'm.nasser', name: 'Mariam Nasser' },
  billerCode: 'om-social',
  channelCode: 'bank-one',
  businessDate: '2026-11-22',
  reference: 'B1-20261122-000417',
  paymentId: null,
  settlementId: null,
  billNumber: null,
  statement: null,
  approvalId: null,
  resolution: null,
  endedAt: null,
};

export const BreakPage = Type.Object(
  { items: Type.Array(BreakEntry), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [exampleEntry], next: null }] },
);

export const BreakAnswer = Type.Object(
  {
    ...entry,
    ours: Side,
    theirs: Side,
    mayEndBy: Type.Array(Type.String(), {
      description:
        'Resolutions that may be asked for now, as far as the break itself tells: what it takes is checked when one is asked for.',
    }),
    suspense: orNull(Money, 'What lies in suspense by an earlier resolution.'),
    journals: Type.Array(
      Type.Object({
        book: orNull(Type.String(), 'The biller; null: the operator’s own.'),
        kind: Type.String(),
        businessDate: Day,
        resolution: Type.String(),
        paymentId: orNull(Type.String()),
        postings: Type.Array(
          Type.Object({
            account: Type.String(),
            side: Type.Enum(['debit', 'credit'], { type: 'string' }),
            amount: Money,
          }),
        ),
      }),
    ),
    history: Type.Array(
      Type.Object({
        action: Type.Enum([...BREAK_ACTIONS], { type: 'string' }),
        by: orNull(Somebody),
        comment: Type.Optional(Type.String()),
        content: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        approvalId: Type.Optional(Type.String()),
        at: Instant,
      }),
    ),
  },
  {
    examples: [
      {
        ...exampleEntry,
        ours: null,
        theirs: {
          amount: '125.500',
          status: 'accepted',
          billerCode: 'om-social',
          billNumber: 'OM-2026-000417',
        },
        mayEndBy: ['accept-ours', 'post', 'suspense'],
        suspense: null,
        journals: [],
        history: [
          { action: 'opened', by: null, at: '2026-11-23T05:00:11.004Z' },
          {
            action: 'assigned',
            by: { login: 'a.said', name: 'Ahmed Said' },
            content: { login: 'm.nasser' },
            at: '2026-11-23T06:10:00.310Z',
          },
        ],
      },
    ],
  },
);
export type BreakAnswer = Static<typeof BreakAnswer>;

export const OwnerBody = Type.Object(
  { login: Type.Union([Code, Type.Null()], { description: 'null: nobody’s.' }) },
  { additionalProperties: false, examples: [{ login: 'm.nasser' }] },
);

export const BreakCommentBody = Type.Object(
  { comment: Words },
  { additionalProperties: false, examples: [{ comment: 'The bank looks for the receipt.' }] },
);

export const ResolutionBody = Type.Object(
  {
    reference: Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$' }),
    resolution: Type.String({ pattern: '^[a-z][a-z-]{0,39}$', description: 'One of `mayEndBy`.' }),
    comment: Type.Optional(Words),
    content: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Its fields are those of the resolution.' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        reference: 'DESK-2026-11-23-0004',
        resolution: 'post',
        comment: 'The bank has shown the receipt.',
        content: {
          bills: [{ billNumber: 'OM-2026-000417', amount: { value: '125.500', currency: 'OMR' } }],
        },
      },
    ],
  },
);
