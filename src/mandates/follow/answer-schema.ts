// What debits look like in answers. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { State } from './schema.ts';
import { WHY_WAITS } from './why-waits.ts';

const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

const Reason = Type.Object({
  cause: Type.String({
    description: 'Why it is held, dropped, failed or returned; of a bank, what its code means.',
  }),
  words: orNull(
    Type.Object({ ar: Type.String(), fr: Type.String(), en: Type.String() }),
    'In plain words, as the payer reads it.',
  ),
});

const entry = {
  debitId: Type.String(),
  reference: orNull(Type.String(), 'Of whoever asked for it; null: it was planned by itself.'),
  state: State,
  reason: orNull(Reason),
  waits: orNull(
    Type.Enum([...WHY_WAITS], { type: 'string' }),
    'Why it could not go to the bank as things stand, though it is planned or built: no agreement of the agency with the bank, or not for this method; the bank is suspended, or is prefunded. `account`: by the route `direct` the agency is paid on its own account, and has none. `no-answer`: the bank has it, and has not answered within five working days of the day of collection. null: nothing stands in its way.',
  ),
  billerCode: Type.String(),
  channelCode: Type.String({ description: 'The payer’s bank.' }),
  mandateId: Type.String(),
  mandateReference: Type.String(),
  payerId: Type.String({ description: 'As the mandate names him.' }),
  account: Type.String({ description: 'Masked.' }),
  amount: Money,
  billCount: Type.Integer({
    description:
      'Without those that were taken out of it, paid elsewhere or withdrawn; of one that was dropped, all.',
  }),
  collectOn: Day,
  sendOn: Type.String({ format: 'date', description: 'By when it has to be with the bank.' }),
  cause: Type.Enum(['due-date', 'days', 'demand', 'retry'], { type: 'string' }),
  attempt: Type.Integer(),
  retryOf: orNull(Type.String(), 'The debit that this one tries again.'),
  retryOn: orNull(Day, 'When it is tried again by itself.'),
  isAboveCeiling: Type.Boolean({ description: 'Persons let it go above the ceiling.' }),
  way: orNull(Type.Enum(['file', 'api'], { type: 'string' }), 'By which it goes to the bank; null: not yet.'),
  endToEndId: Type.String({ description: 'Its name at banks, and on statements.' }),
  bankReference: orNull(Type.String()),
  plannedAt: Instant,
  changedAt: Instant,
};
export const DebitEntry = Type.Object(entry);
export type DebitEntry = Static<typeof DebitEntry>;

const exampleEntry = {
  debitId: 'dbt_06fhp0c6dm000g8k2n5v7w9xqz',
  reference: null,
  state: 'failed',
  reason: {
    cause: 'insufficient-funds',
    words: {
      ar: 'رصيد الحساب غير كافٍ.',
      fr: 'Le solde du compte ne suffisait pas.',
      en: 'There was not enough money in the account.',
    },
  },
  waits: null,
  billerCode: 'om-social',
  channelCode: 'bank-one',
  mandateId: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz',
  mandateReference: 'MND-2026-0042',
  payerId: 'E-20417',
  account: 'OM*****************3456',
  amount: { value: '150.000', currency: 'OMR' },
  billCount: 1,
  collectOn: '2026-11-30',
  sendOn: '2026-11-29',
  cause: 'due-date',
  attempt: 1,
  retryOf: null,
  retryOn: '2026-12-03',
  isAboveCeiling: false,
  way: 'file',
  endToEndId: 'WSTD06FHP0C6DM000G8K2N5V7W9XQZ',
  bankReference: null,
  plannedAt: '2026-11-27T06:00:00.000Z',
  changedAt: '2026-11-30T09:12:00.000Z',
};

export const DebitPage = Type.Object(
  { items: Type.Array(DebitEntry), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [exampleEntry], next: null }] },
);

export const DebitAnswer = Type.Object(
  {
    ...entry,
    retriedBy: orNull(Type.String(), 'The debit that tried it again.'),
    bills: Type.Array(
      Type.Object({
        billNumber: Type.String(),
        amount: Money,
        dueOn: Day,
        owedAsOf: Type.String({ format: 'date', description: 'The day that the amount goes by.' }),
        outcome: orNull(
          Type.Enum(['paid', 'credited', 'paid-elsewhere', 'withdrawn', 'failed', 'returned'], {
            type: 'string',
          }),
        ),
        paymentId: orNull(Type.String()),
      }),
    ),
    said: Type.Array(
      Type.Object({
        verdict: Type.Enum(['accepted', 'settled', 'rejected', 'returned'], { type: 'string' }),
        code: orNull(Type.String(), 'The bank’s reason.'),
        text: orNull(Type.String()),
        bankReference: orNull(Type.String()),
        at: Instant,
      }),
      { description: 'What banks said of it, in order.' },
    ),
    history: Type.Array(
      Type.Object({
        state: State,
        reason: orNull(Type.String()),
        text: orNull(Type.String()),
        by: orNull(Type.String(), 'Who; null: it is not for this caller to know.'),
        at: Instant,
      }),
    ),
  },
  {
    examples: [
      {
        ...exampleEntry,
        retriedBy: null,
        bills: [
          {
            billNumber: 'OM-2026-000417',
            amount: { value: '150.000', currency: 'OMR' },
            dueOn: '2026-11-28',
            owedAsOf: '2026-11-28',
            outcome: 'failed',
            paymentId: null,
          },
        ],
        said: [
          {
            verdict: 'rejected',
            code: 'AM04',
            text: null,
            bankReference: null,
            at: '2026-11-30T09:11:58.000Z',
          },
        ],
        history: [
          { state: 'sent', reason: null, text: null, by: 'worker', at: '2026-11-29T07:00:00.000Z' },
          {
            state: 'failed',
            reason: 'insufficient-funds',
            text: 'AM04',
            by: 'worker',
            at: '2026-11-30T09:12:00.000Z',
          },
        ],
      },
    ],
  },
);
export type DebitAnswer = Static<typeof DebitAnswer>;
