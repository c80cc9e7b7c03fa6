// What mandates look like in answers. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { BankReference, CollectSchema, EXAMPLE_TERMS, Side, State } from './schema.ts';
import { MANDATE_ACTIONS } from './states.ts';
import { BANK_TOLD } from './store-ending.ts';

const Instant = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

const entry = {
  mandateId: Type.String(),
  reference: Type.String({ description: 'Of whoever opened it.' }),
  openedBy: Side,
  state: State,
  reason: orNull(Type.String(), 'Why it was refused, rejected, returned, suspended or cancelled.'),
  suspendedBy: Type.Array(Side, { description: 'Those who hold it; each lifts his own.' }),
  revision: Type.Integer({ description: 'One more with each event.' }),
  billerCode: Type.String(),
  channelCode: Type.String({ description: 'The payer’s bank.' }),
  payerId: Type.String(),
  payerName: Type.String({ description: 'Masked for a bank that may not see names.' }),
  payer: orNull(
    Type.Object({
      mobile: Type.Optional(Type.String()),
      email: Type.Optional(Type.String()),
      language: Type.Optional(Type.String()),
    }),
    'Masked, but for whoever opened it.',
  ),
  account: Type.Object({
    number: Type.String({ description: 'Whole for the payer’s bank, masked for everybody else.' }),
    kind: Type.Enum(['iban', 'rib', 'national'], { type: 'string' }),
    holder: Type.String(),
  }),
  collect: CollectSchema,
  ceiling: Type.Object({ perDebit: Money, perMonth: Money }),
  validFrom: Type.String({ format: 'date' }),
  validUntil: orNull(Type.String({ format: 'date' })),
  announceDays: Type.Integer(),
  bankReference: orNull(BankReference),
  createdAt: Instant,
  changedAt: Instant,
};
export const MandateEntry = Type.Object(entry);
export type MandateEntry = Static<typeof MandateEntry>;

const exampleEntry = {
  mandateId: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz',
  reference: 'MND-2026-0042',
  openedBy: 'payer',
  state: 'submitted',
  reason: null,
  suspendedBy: [],
  revision: 1,
  billerCode: 'om-social',
  ...EXAMPLE_TERMS,
  payer: { mobile: '********456', language: 'ar' },
  account: { number: 'OM*****************3456', kind: 'iban', holder: 'Al Noor Trading' },
  announceDays: 3,
  bankReference: null,
  createdAt: '2026-11-23T08:12:00.000Z',
  changedAt: '2026-11-23T08:12:00.000Z',
};

export const MandatePage = Type.Object(
  { items: Type.Array(MandateEntry), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [exampleEntry], next: null }] },
);

export const FormAnswer = Type.Object(
  {
    name: Type.String(),
    mediaType: Type.String(),
    size: Type.Integer(),
    sha256: Type.String(),
  },
  {
    examples: [
      {
        name: 'form.pdf',
        mediaType: 'application/pdf',
        size: 48_113,
        sha256: '0f8b5a0e9d1c4b7a6f3e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a',
      },
    ],
  },
);

export const MandateAnswer = Type.Object(
  {
    ...entry,
    approvalId: orNull(Type.String(), 'Of the agency’s decision.'),
    covers: Type.Array(
      Type.Object({
        billerCode: Type.String(),
        payerId: Type.String(),
        units: Type.Array(Type.String(), { description: 'Empty: all.' }),
        state: Type.Enum(['waiting', 'accepted', 'rejected'], { type: 'string' }),
        approvalId: orNull(Type.String()),
      }),
      { description: 'What may be collected; only what its biller has accepted is.' },
    ),
    bankTold: orNull(
      Type.Enum([...BANK_TOLD], { type: 'string' }),
      'Of one that was cancelled by the agency or the payer, or rejected, when its bank had it: whether the bank knows. `by-hand`: the bank is not called, and the agency tells it.',
    ),
    form: orNull(FormAnswer, 'The signed form, the newest.'),
    history: Type.Array(
      Type.Object({
        action: Type.Enum([...MANDATE_ACTIONS], { type: 'string' }),
        state: State,
        side: Type.Enum(['agency', 'payer', 'bank', 'system'], { type: 'string' }),
        by: orNull(Type.Object({ login: Type.String(), name: Type.String() })),
        client: orNull(Type.String(), 'The code of the client that called with its key.'),
        reason: orNull(Type.String()),
        content: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        at: Instant,
      }),
    ),
  },
  {
    examples: [
      {
        ...exampleEntry,
        approvalId: null,
        covers: [
          { billerCode: 'om-social', payerId: 'E-20417', units: [], state: 'waiting', approvalId: null },
        ],
        bankTold: null,
        form: null,
        history: [
          {
            action: 'created',
            state: 'draft',
            side: 'payer',
            by: null,
            client: 'om-social',
            reason: null,
            at: '2026-11-23T08:12:00.000Z',
          },
        ],
      },
    ],
  },
);
export type MandateAnswer = Static<typeof MandateAnswer>;
