// What requests for approval take and answer.

import { Type } from 'typebox';
import { WRITTEN_LINE, WRITTEN_TEXT } from '../kernel/text-form.ts';

const MoneyText = Type.Object({ value: Type.String(), currency: Type.String() });
const STATES = ['open', 'returned', 'accepted', 'rejected', 'withdrawn'] as const;
const State = Type.Enum([...STATES], { type: 'string' });
const topUp = { channelCode: 'agent-net', amount: { value: '5000.000', currency: 'OMR' } };
const Reference = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$', examples: ['BANK-2026-11-22-0007'] });
const Kind = Type.String({
  pattern: '^[a-z][a-z-]{0,39}$',
  examples: ['top-up'],
  description: '`top-up`, `credit-apply`, `credit-remit`, `credit-refund`, `adjustment`, `remittance` …',
});
const Content = Type.Record(Type.String(), Type.Unknown(), {
  description: 'What would be done; its fields are those of the kind.',
  examples: [topUp],
});
const Words = Type.String({
  minLength: 1,
  maxLength: 2000,
  pattern: WRITTEN_TEXT,
  examples: ['Seen on the statement of 22 November.'],
});

export const ApprovalParams = Type.Object({
  approvalId: Type.String({ maxLength: 64, examples: ['apr_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});
export const AttachmentParams = Type.Object({
  approvalId: Type.String({ maxLength: 64, examples: ['apr_06fhp0c6dm000g8k2n5v7w9xqz'] }),
  attachmentId: Type.String({ maxLength: 64, examples: ['att_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

export const AskBody = Type.Object(
  {
    kind: Kind,
    reference: Reference,
    billerCode: Type.Optional(
      Type.String({
        maxLength: 32,
        pattern: WRITTEN_LINE,
        description: 'Whom it is about; an agency’s people need not say it.',
        examples: ['om-social'],
      }),
    ),
    content: Content,
  },
  {
    additionalProperties: false,
    examples: [{ kind: 'top-up', reference: 'BANK-2026-11-22-0007', content: topUp }],
  },
);

export const ChangeBody = Type.Object(
  { content: Content, comment: Type.Optional(Words) },
  {
    additionalProperties: false,
    examples: [
      {
        content: { channelCode: 'agent-net', amount: { value: '4500.000', currency: 'OMR' } },
        comment: 'The amount is now that of the bank’s letter.',
      },
    ],
  },
);

const round = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 32_767,
    description: 'The round that was read: if the request was changed since, nothing is decided.',
  }),
);
export const AcceptBody = Type.Object(
  { comment: Type.Optional(Words), round },
  { additionalProperties: false, examples: [{ comment: 'Seen on the statement of 22 November.', round: 1 }] },
);
export const RefuseBody = Type.Object(
  { comment: Words, round },
  { additionalProperties: false, examples: [{ comment: 'The letter names 4500.000 rials.', round: 1 }] },
);
export const CommentBody = Type.Object(
  { comment: Words },
  { additionalProperties: false, examples: [{ comment: 'The bank’s letter follows today.' }] },
);
export const WithdrawBody = Type.Object(
  { comment: Type.Optional(Words) },
  { additionalProperties: false, examples: [{ comment: 'Asked for twice.' }] },
);

export const ApprovalQuery = Type.Object(
  {
    state: Type.Optional(State),
    kind: Type.Optional(Kind),
    mine: Type.Optional(
      Type.Enum(['to-decide', 'asked'], {
        type: 'string',
        description: '`to-decide`: what waits for this person; `asked`: what he asked for.',
      }),
    ),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);

const Somebody = Type.Object({ login: Type.String(), name: Type.String() });

const entry = {
  approvalId: Type.String(),
  kind: Type.String(),
  reference: Type.String(),
  billerCode: Type.Union([Type.String(), Type.Null()], { description: 'null: the operator’s own.' }),
  subject: Type.String({ description: 'What it is about.', examples: ['channel/agent-net'] }),
  summary: Type.String(),
  amount: Type.Optional(MoneyText),
  state: State,
  step: Type.Integer({ description: 'Whose turn it is, from 1.' }),
  steps: Type.Integer({ description: 'How many persons have to accept.' }),
  round: Type.Integer({ description: 'One more each time it is sent again after a return.' }),
  askedBy: Type.Union([Somebody, Type.Null()], { description: 'null: the system asks.' }),
  askedAt: Type.String({ format: 'date-time' }),
  decidedAt: Type.Optional(Type.String({ format: 'date-time' })),
};

const asker = { login: 'm.nasser', name: 'Mariam Nasser' };
const exampleEntry = {
  approvalId: 'apr_06fhp0c6dm000g8k2n5v7w9xqz',
  kind: 'top-up',
  reference: 'BANK-2026-11-22-0007',
  billerCode: null,
  subject: 'channel/agent-net',
  summary: 'top-up of agent-net by 5000.000 OMR',
  amount: topUp.amount,
  state: 'open',
  step: 1,
  steps: 1,
  round: 1,
  askedBy: asker,
  askedAt: '2026-11-22T08:15:30.123Z',
};

export const ApprovalEntry = Type.Object(entry);
export const ApprovalPage = Type.Object(
  {
    items: Type.Array(ApprovalEntry),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  { examples: [{ items: [exampleEntry], next: null }] },
);

const exampleAttachment = {
  attachmentId: 'att_06fhp0c6dm000g8k2n5v7w9xqz',
  name: 'bank-letter.pdf',
  mediaType: 'application/pdf',
  size: 48_213,
  sha256: '9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab',
};

export const AttachmentAnswer = Type.Object(
  {
    attachmentId: Type.String(),
    name: Type.String(),
    mediaType: Type.String(),
    size: Type.Integer({ description: 'Bytes.' }),
    sha256: Type.String(),
  },
  { examples: [exampleAttachment] },
);

export const ApprovalAnswer = Type.Object(
  {
    ...entry,
    content: Type.Record(Type.String(), Type.Unknown()),
    mayDecide: Type.Boolean({ description: 'This person may accept, reject or return it now.' }),
    history: Type.Array(
      Type.Object({
        action: Type.Enum(
          ['asked', 'accepted', 'rejected', 'returned', 'changed', 'withdrawn', 'commented', 'attached'],
          { type: 'string' },
        ),
        by: Type.Union([Somebody, Type.Null()]),
        round: Type.Integer(),
        step: Type.Integer(),
        comment: Type.Optional(Type.String()),
        at: Type.String({ format: 'date-time' }),
      }),
    ),
    attachments: Type.Array(AttachmentAnswer),
  },
  {
    examples: [
      {
        ...exampleEntry,
        content: topUp,
        mayDecide: true,
        history: [
          { action: 'asked', by: asker, round: 1, step: 1, at: '2026-11-22T08:15:30.123Z' },
          {
            action: 'attached',
            by: asker,
            round: 1,
            step: 1,
            comment: 'bank-letter.pdf',
            at: '2026-11-22T08:16:02.480Z',
          },
        ],
        attachments: [exampleAttachment],
      },
    ],
  },
);
