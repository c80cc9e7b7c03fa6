// Shapes of bills as agencies send and see them: one source for validation, types and OpenAPI. Requests refuse
// unknown fields; answers may gain some. What a shape cannot say (scales, sums, policies) read-bill-body.ts checks.

import { Type, type Static } from 'typebox';
import {
  BILL_NUMBER,
  CODE,
  CURRENCY,
  DATE,
  DECIMAL,
  LONGEST_DESCRIPTION,
  LONGEST_NAME,
  MOBILE,
  ONE_LINE,
  PERCENT,
  REFERENCE,
} from './text-forms.ts';

const closed = { additionalProperties: false };

export const BillNumber = Type.String({
  pattern: BILL_NUMBER,
  description:
    "The agency's own number of the bill: letters, digits and . _ : - , at most 64, case-sensitive.",
  examples: ['OM-2026-000417'],
});

const Code = (description: string, example: string) =>
  Type.String({ pattern: CODE, description, examples: [example] });

const Line = (maxLength: number, description: string, example: string) =>
  Type.String({ minLength: 1, maxLength, pattern: ONE_LINE, description, examples: [example] });

const Day = (description: string, example: string) =>
  Type.String({ format: 'date', pattern: DATE, description, examples: [example] });

const Decimal = Type.String({
  pattern: DECIMAL,
  description: "A decimal string with exactly the currency's scale: OMR 3, DZD 2, JPY 0.",
  examples: ['125.500'],
});
const Currency = Type.String({
  pattern: CURRENCY,
  description: 'ISO 4217; the currency of the biller.',
  examples: ['OMR'],
});

export const Money = Type.Object(
  { value: Decimal, currency: Currency },
  { ...closed, description: 'An amount of money.' },
);

export const OpenAmount = Type.Object(
  {
    min: Decimal,
    max: Decimal,
    step: Type.Optional(Decimal),
    currency: Currency,
  },
  {
    ...closed,
    description:
      'The payer chooses any amount from `min` to `max`, in steps of `step` counted from `min`, at least one of which must fit. Only for billers whose policy is `between`.',
  },
);

export const Amount = Type.Union([Money, OpenAmount], {
  description: 'What is owed: a fixed amount, or bounds where the payer chooses.',
});

const Percent = Type.String({
  pattern: PERCENT,
  description: 'Percent of the principal, a decimal string.',
  examples: ['2.5'],
});

export const Penalty = Type.Object(
  {
    flat: Type.Optional(Decimal),
    percent: Type.Optional(Percent),
    every: Type.Enum(['once', 'day', 'month'], {
      description: 'Charged once, or for each day or month of delay.',
    }),
    fromDay: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 36_500,
        description: 'The day after `dueOn` from which it counts; 1 when absent.',
      }),
    ),
    ceiling: Type.Optional(
      Type.Object(
        { flat: Type.Optional(Decimal), percent: Type.Optional(Percent) },
        { ...closed, minProperties: 1, description: 'Never more than this in all; of two the lower holds.' },
      ),
    ),
  },
  {
    ...closed,
    description:
      'One part of a late penalty: either `flat` or `percent`, at most 100 percent each time it is charged.',
  },
);

const BudgetLine = Code('The budget line that the money is booked to.', '70/1201');

export const BillLine = Type.Object(
  { budgetLine: BudgetLine, amount: Money },
  { ...closed, description: 'A part of the amount that has a budget line of its own.' },
);

export const Contact = Type.Object(
  {
    mobile: Type.Optional(
      Type.String({ pattern: MOBILE, description: 'E.164, with the country.', examples: ['+96824123456'] }),
    ),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254, examples: ['payroll@example.com'] })),
    language: Type.Optional(Type.Enum(['ar', 'fr', 'en'])),
  },
  { ...closed, description: 'Where and in which language the payer is told.' },
);

const content = {
  payerId: Code("The agency's own number of who owes.", 'E-20417'),
  payerName: Line(LONGEST_NAME, 'Who owes.', 'شركة النور للتجارة'),
  description: Line(
    LONGEST_DESCRIPTION,
    'What it is for, as the payer reads it.',
    'Contribution of November 2026',
  ),
  amount: Amount,
  dueOn: Day('The last day without penalty, from the year 2000 on.', '2026-12-15'),
  expiresOn: Type.Optional(Day('The last day on which it can be paid; absent: for ever.', '2027-03-31')),
  version: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description:
        "The agency's own count of changes: a lower one is refused, the same one must have the same content.",
      examples: [1],
    }),
  ),
  penalty: Type.Optional(
    Type.Array(Penalty, {
      maxItems: 10,
      description: "In place of the biller's penalty; an empty list says none.",
    }),
  ),
  budgetLine: Type.Optional(BudgetLine),
  lines: Type.Optional(
    Type.Array(BillLine, { minItems: 1, maxItems: 200, description: 'They add up to the amount.' }),
  ),
  unit: Type.Optional(Code('One of the units of the biller.', 'cairo-east')),
  service: Type.Optional(Code('One of the services of the biller.', 'waste')),
  payer: Type.Optional(Contact),
};

/** A small bill, for the examples of requests and answers. */
export const EXAMPLE_BILL = {
  payerId: 'E-20417',
  payerName: 'شركة النور للتجارة',
  description: 'Contribution of November 2026',
  amount: { value: '125.500', currency: 'OMR' },
  dueOn: '2026-12-15',
  version: 1,
};

/** `PUT /v1/bills/{billNumber}`. */
export const BillBody = Type.Object(content, {
  ...closed,
  description: 'The content of a bill.',
  examples: [EXAMPLE_BILL],
});
export type BillBody = Static<typeof BillBody>;

/** A line of an NDJSON bill file. */
export const NumberedBillBody = Type.Object({ billNumber: BillNumber, ...content }, closed);
export type NumberedBillBody = Static<typeof NumberedBillBody>;

export const CancellationBody = Type.Object(
  {
    reference: Type.String({
      pattern: REFERENCE,
      description: 'Your name for this intention.',
      examples: ['cancel-417'],
    }),
    reason: Line(LONGEST_NAME, 'Kept in the history of the bill.', 'Issued twice'),
  },
  { ...closed, examples: [{ reference: 'cancel-417', reason: 'Issued twice' }] },
);
export type CancellationBody = Static<typeof CancellationBody>;

export const BillParams = Type.Object({ billNumber: BillNumber }, closed);
