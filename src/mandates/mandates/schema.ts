// What mandates look like over HTTP. Answers may gain fields.

import { Type, type Static } from 'typebox';
import { CODE, Contact, DATE, LONGEST_NAME, Money, ONE_LINE } from '../../bills/index.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import { SIDES } from './mandate.ts';
import { MANDATE_STATES } from './states.ts';
import { BANK_TOLD } from './store-ending.ts';

const closed = { additionalProperties: false };

export const Reference = Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$', examples: ['MND-2026-0042'] });
const Code = (examples: string[], description?: string) =>
  Type.String({ pattern: CODE, examples, ...(description !== undefined && { description }) });
const Line = (maxLength: number, description: string, example: string) =>
  Type.String({ minLength: 1, maxLength, pattern: ONE_LINE, description, examples: [example] });
const Day = (description: string, example: string) =>
  Type.String({ format: 'date', pattern: DATE, description, examples: [example] });
export const Side = Type.Enum([...SIDES], { type: 'string' });
export const State = Type.Enum([...MANDATE_STATES], { type: 'string' });
export const Reason = Type.String({ minLength: 1, maxLength: 200, pattern: WRITTEN_LINE });
export const BankReference = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: WRITTEN_LINE,
  description: 'The bank’s own number of the mandate.',
  examples: ['B1-MND-7781'],
});

export const CollectSchema = Type.Union(
  [
    Type.Object({ on: Type.Enum(['due-date', 'demand'], { type: 'string' }) }, closed),
    Type.Object(
      {
        on: Type.Literal('days'),
        days: Type.Array(Type.Integer({ minimum: 1, maximum: 28 }), {
          minItems: 1,
          maxItems: 28,
          uniqueItems: true,
        }),
      },
      closed,
    ),
  ],
  {
    description:
      '`due-date`: when a bill is due. `days`: on these days of each month. `demand`: only when the payer says so.',
  },
);

const Cover = Type.Object(
  {
    billerCode: Code(['om-social']),
    payerId: Code(['E-20417'], 'The payer’s number with that biller.'),
    units: Type.Optional(
      Type.Array(Code(['muscat']), {
        minItems: 1,
        maxItems: 500,
        uniqueItems: true,
        description: 'Only bills of these units; absent: of all.',
      }),
    ),
  },
  closed,
);

/** What is agreed; the whole body of a change. */
const terms = {
  payerId: Code(['E-20417'], 'The payer’s number with the biller.'),
  payerName: Line(LONGEST_NAME, 'Who owes.', 'شركة النور للتجارة'),
  payer: Type.Optional(Contact),
  account: Type.Object(
    {
      number: Type.String({
        minLength: 4,
        maxLength: 60,
        description: 'IBAN, Algerian RIB, or the country’s own number; spaces and hyphens do not count.',
        examples: ['OM81 0180 0000 0129 9123 456'],
      }),
      holder: Line(140, 'Whose account it is, as the bank knows him.', 'Al Noor Trading'),
    },
    closed,
  ),
  channelCode: Type.Optional(
    Code(['bank-one'], 'The payer’s bank; a bank’s own client need not name itself.'),
  ),
  collect: CollectSchema,
  ceiling: Type.Object({ perDebit: Money, perMonth: Money }, closed),
  validFrom: Day('The first day on which it may be collected.', '2026-12-01'),
  validUntil: Type.Optional(Day('The last; absent: until it is cancelled.', '2028-11-30')),
  announceDays: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 30,
      default: 3,
      description: 'How many days before a debit the payer is told of it.',
    }),
  ),
  covers: Type.Optional(
    Type.Array(Cover, {
      minItems: 1,
      maxItems: 100,
      description:
        'Further numbers of the payer, with this biller and with others; each other biller accepts for itself. Naming the mandate’s own number limits it to units.',
    }),
  ),
};

export const EXAMPLE_TERMS = {
  payerId: 'E-20417',
  payerName: 'Al Noor Trading',
  payer: { mobile: '+96824123456', language: 'ar' },
  account: { number: 'OM810180000001299123456', holder: 'Al Noor Trading' },
  channelCode: 'bank-one',
  collect: { on: 'due-date' },
  ceiling: {
    perDebit: { value: '500.000', currency: 'OMR' },
    perMonth: { value: '1500.000', currency: 'OMR' },
  },
  validFrom: '2026-12-01',
  validUntil: '2028-11-30',
};

export const TermsBody = Type.Object(terms, { ...closed, examples: [EXAMPLE_TERMS] });
export type TermsBody = Static<typeof TermsBody>;

export const MandateBody = Type.Object(
  {
    reference: Reference,
    billerCode: Type.Optional(Code(['om-social'], 'A bank’s client names the agency.')),
    by: Type.Optional(
      Type.Enum(['agency', 'payer'], {
        type: 'string',
        description: 'At an agency: for itself, or by the payer at its portal.',
      }),
    ),
    draft: Type.Optional(Type.Boolean({ description: 'Not sent to the bank until it is submitted.' })),
    ...terms,
  },
  { ...closed, examples: [{ reference: 'MND-2026-0042', by: 'payer', ...EXAMPLE_TERMS }] },
);
export type MandateBody = Static<typeof MandateBody>;

export const MandateParams = Type.Object({
  mandateId: Type.String({ maxLength: 64, examples: ['mnd_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

export const MandateQuery = Type.Object(
  {
    state: Type.Optional(State),
    payerId: Type.Optional(Code(['E-20417'])),
    channel: Type.Optional(Code(['bank-one'], 'Of this bank.')),
    openedBy: Type.Optional(Side),
    reference: Type.Optional(Reference),
    bankTold: Type.Optional(
      Type.Enum([...BANK_TOLD], {
        type: 'string',
        description:
          'Ended here, when the bank had it. `by-hand`: those of which the agency has to tell the bank.',
      }),
    ),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);
export type MandateQuery = Static<typeof MandateQuery>;

const revision = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'The revision that was read: if the mandate has moved since, nothing is done.',
  }),
);

export const ValidationBody = Type.Object(
  {
    decision: Type.Enum(['validated', 'refused'], { type: 'string' }),
    reason: Type.Optional(Reason),
    bankReference: Type.Optional(BankReference),
    revision,
  },
  { ...closed, examples: [{ decision: 'validated', bankReference: 'B1-MND-7781', revision: 1 }] },
);
export type ValidationBody = Static<typeof ValidationBody>;

export const DecisionBody = Type.Object(
  {
    decision: Type.Enum(['accept', 'reject', 'return'], { type: 'string' }),
    comment: Type.Optional(Reason),
  },
  {
    ...closed,
    examples: [{ decision: 'return', comment: 'The ceiling is below the monthly contribution.' }],
  },
);

export const HoldBody = Type.Object(
  {
    reason: Reason,
    by: Type.Optional(
      Type.Enum(['agency', 'payer'], {
        type: 'string',
        description: 'At an agency: its own word, or the payer’s at its portal.',
      }),
    ),
  },
  { ...closed, examples: [{ by: 'payer', reason: 'He has changed his bank.' }] },
);
export type HoldBody = Static<typeof HoldBody>;

export const NothingBody = Type.Object({}, { ...closed, examples: [{}] });
