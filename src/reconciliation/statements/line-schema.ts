// Shapes of the lines of statements at the HTTP edge. Answers may gain fields.

import { Type, type TSchema } from 'typebox';
import { LINE_OUTCOMES } from './outcomes.ts';

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
const Text = Type.String();
const Day = Type.String({ format: 'date' });
/** May be less than nothing. */
const Signed = Type.Object(
  { value: Type.String(), currency: Type.String() },
  { description: 'Money in is above zero.' },
);
const Outcome = Type.Enum([...LINE_OUTCOMES, 'waiting'], {
  type: 'string',
  description: 'What it was found to be; `waiting`: not placed yet.',
});

export const StatementLineItem = Type.Object({
  statementId: Text,
  line: Type.Integer(),
  account: orNull(Type.String({ description: 'Of the operator; null: it is a biller’s own.' })),
  biller: orNull(Text),
  bookedOn: Day,
  valuedOn: orNull(Day),
  amount: Signed,
  isReversal: Type.Boolean({ description: 'The bank takes back an earlier booking.' }),
  text: Type.String({ description: 'All that the bank says in words.' }),
  counterparty: orNull(Text),
  counterpartyAccount: orNull(Type.String({ description: 'Masked.' })),
  bankReference: orNull(Text),
  endToEndId: orNull(Text),
  code: orNull(Type.String({ description: 'The bank’s, for what kind of booking it is.' })),
  place: Type.String({ description: 'Where it stands in the file.' }),
  outcome: Outcome,
  bookedAs: Type.Array(
    Type.Object({
      kind: Text,
      amount: Signed,
      biller: orNull(Text),
      channel: orNull(Text),
      subject: orNull(
        Type.String({
          description: 'The remittance, the payment, or the line (`stm_…:3`) that it is about.',
        }),
      ),
      approvalId: orNull(Type.String({ description: 'Of the request by which persons decided it.' })),
      journal: orNull(Type.String({ description: 'The kind of its journal; null: it moved nothing.' })),
      postings: Type.Array(
        Type.Object({
          account: Text,
          side: Type.Enum(['debit', 'credit'], { type: 'string' }),
          amount: Signed,
        }),
      ),
    }),
    { description: 'What it proves or moves; of an order’s total the first of its remittances.' },
  ),
  parts: Type.Integer({ minimum: 0, description: 'How many there are of `bookedAs`.' }),
  breaks: Type.Array(Type.Object({ breakId: Text, kind: Text, state: Text })),
});

const LINE = {
  statementId: 'stm_01jd8x4z6k0a1b2c3d4e5f6g7j',
  line: 3,
  account: 'ours-omr',
  biller: null,
  bookedOn: '2026-11-22',
  valuedOn: '2026-11-22',
  amount: { value: '45.500', currency: 'OMR' },
  isReversal: false,
  text: 'for my friend',
  counterparty: 'Al Noor Trading',
  counterpartyAccount: 'OM*****************3456',
  bankReference: 'M-2',
  endToEndId: null,
  code: 'PMNT/RCDT/DMCT',
  place: 'entry 3 of statement 1',
  outcome: 'suspense',
  bookedAs: [
    {
      kind: 'suspense',
      amount: { value: '45.500', currency: 'OMR' },
      biller: null,
      channel: null,
      subject: null,
      approvalId: null,
      journal: 'suspense',
      postings: [
        { account: 'bank ours-omr', side: 'debit', amount: { value: '45.500', currency: 'OMR' } },
        { account: 'suspense', side: 'credit', amount: { value: '45.500', currency: 'OMR' } },
      ],
    },
  ],
  parts: 1,
  breaks: [{ breakId: 'brk_01jd8x4z6k0a1b2c3d4e5f6g7k', kind: 'unplaced-deposit', state: 'open' }],
} as const;

export const StatementLines = Type.Object(
  { items: Type.Array(StatementLineItem), next: orNull(Type.String({ description: 'For `after`.' })) },
  { description: 'In the order of the file.', examples: [{ items: [LINE], next: null }] },
);

export const LinesQuery = Type.Object(
  {
    statement: Type.Optional(Type.String({ maxLength: 40, description: 'One statement of the file.' })),
    outcome: Type.Optional(Outcome),
    after: Type.Optional(Type.String({ maxLength: 60, description: '`next` of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);
