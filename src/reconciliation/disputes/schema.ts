// What disputes and cases look like over HTTP. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { AttachmentAnswer } from '../../approvals/index.ts';
import { Money } from '../../bills/index.ts';
import { WRITTEN_TEXT } from '../../kernel/text-form.ts';
import { Decision } from './decision-kind.ts';
import { OPENERS, OUTCOMES, REASONS } from './dispute.ts';
import { DISPUTE_ACTIONS, DISPUTE_STATES } from './states.ts';

const Reference = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$', examples: ['DSP-2026-11-0007'] });
const Reason = Type.Enum([...REASONS], { type: 'string' });
const State = Type.Enum([...DISPUTE_STATES], { type: 'string' });
const Opener = Type.Enum([...OPENERS], { type: 'string' });
const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: WRITTEN_TEXT });
const Instant = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

export const DisputeParams = Type.Object({
  disputeId: Type.String({
    maxLength: 64,
    description: 'The id, or to look at a case its number.',
    examples: ['dsp_06fhp0c6dm000g8k2n5v7w9xqz'],
  }),
});
export const EvidenceParams = Type.Object({
  disputeId: Type.String({ maxLength: 64, examples: ['dsp_06fhp0c6dm000g8k2n5v7w9xqz'] }),
  evidenceId: Type.String({ maxLength: 64, examples: ['att_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

export const DisputeBody = Type.Object(
  {
    reference: Reference,
    paymentId: Type.Optional(Type.String({ maxLength: 64 })),
    paymentReference: Type.Optional(Reference),
    reason: Reason,
    comment: Words,
  },
  {
    additionalProperties: false,
    examples: [
      {
        reference: 'DSP-2026-11-0007',
        paymentReference: 'B1-20261122-000417',
        reason: 'paid-twice',
        comment: 'The payer had paid the bill at another branch the day before.',
      },
    ],
  },
);

export const CaseBody = Type.Object(
  {
    reference: Reference,
    payment: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Its id, or the number on the payer’s receipt.',
    }),
    reason: Reason,
    payerSaid: Words,
  },
  {
    additionalProperties: false,
    examples: [
      {
        reference: 'CALL-2026-11-23-0012',
        payment: '2F-7Q2M-X9ZT-C4WH-J',
        reason: 'wrong-bill',
        payerSaid: 'He wanted to pay his brother’s bill.',
      },
    ],
  },
);

export const DisputeQuery = Type.Object(
  {
    state: Type.Optional(State),
    openedBy: Type.Optional(Opener),
    overdue: Type.Optional(Type.Boolean({ description: 'Undecided, and the time has passed.' })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);
export type DisputeQuery = Static<typeof DisputeQuery>;

const entry = {
  disputeId: Type.String(),
  caseNumber: orNull(Type.String(), 'Of a case that the desk opened for a payer.'),
  openedBy: Opener,
  reference: Type.String({ description: 'Of whoever opened it.' }),
  state: State,
  outcome: orNull(Type.Enum([...OUTCOMES], { type: 'string' })),
  reason: Reason,
  amount: Type.Unsafe<Static<typeof Money>>({ ...Money, description: 'What the payer handed over.' }),
  billerCode: orNull(Type.String()),
  channelCode: Type.String(),
  paymentId: orNull(Type.String()),
  paymentReference: orNull(Type.String(), 'The channel’s.'),
  breakId: orNull(Type.String()),
  reversalId: orNull(Type.String(), 'Of the payment, by the outcome.'),
  approvalId: orNull(Type.String(), 'Of the decision that is asked for, or by which it was decided.'),
  openedAt: Instant,
  dueAt: Type.String({ format: 'date-time', description: 'By when it is to be decided.' }),
  overdue: Type.Boolean(),
  decidedAt: orNull(Instant),
  endedAt: orNull(Instant),
};
export const DisputeEntry = Type.Object(entry);
export type DisputeEntry = Static<typeof DisputeEntry>;

const exampleEntry = {
  disputeId: 'dsp_06fhp0c6dm000g8k2n5v7w9xqz',
  caseNumber: null,
  openedBy: 'channel',
  reference: 'DSP-2026-11-0007',
  state: 'opened',
  outcome: null,
  reason: 'paid-twice',
  amount: { value: '125.700', currency: 'OMR' },
  billerCode: 'om-social',
  channelCode: 'bank-one',
  paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
  paymentReference: 'B1-20261122-000417',
  breakId: null,
  reversalId: null,
  approvalId: null,
  openedAt: '2026-11-23T08:12:00.000Z',
  dueAt: '2026-11-30T12:00:00.000Z',
  overdue: false,
  decidedAt: null,
  endedAt: null,
};

export const DisputePage = Type.Object(
  { items: Type.Array(DisputeEntry), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [exampleEntry], next: null }] },
);

export const DisputeAnswer = Type.Object(
  {
    ...entry,
    words: Type.String({ description: 'What was said when it was opened.' }),
    evidence: Type.Array(AttachmentAnswer),
    history: Type.Array(
      Type.Object({
        action: Type.Enum([...DISPUTE_ACTIONS], { type: 'string' }),
        by: orNull(Type.Object({ login: Type.String(), name: Type.String() })),
        client: orNull(Type.String(), 'The code of the client that called with its key.'),
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
        words: 'The payer had paid the bill at another branch the day before.',
        evidence: [],
        history: [{ action: 'opened', by: null, client: 'bank-one', at: '2026-11-23T08:12:00.000Z' }],
      },
    ],
  },
);
export type DisputeAnswer = Static<typeof DisputeAnswer>;

export const DisputeCommentBody = Type.Object(
  { comment: Words },
  { additionalProperties: false, examples: [{ comment: 'The slip of the other branch follows.' }] },
);
export const DisputeMoveBody = Type.Object(
  { comment: Type.Optional(Words) },
  { additionalProperties: false, examples: [{ comment: 'The payer has found his receipt.' }] },
);
export const DecisionBody = Type.Object(
  { reference: Reference, ...Decision.properties },
  {
    additionalProperties: false,
    examples: [
      { reference: 'DESK-2026-11-24-0002', outcome: 'chargeback', words: 'paid twice: the slip shows it' },
    ],
  },
);
