// A bill as its agency is shown it. Answers may gain fields; what is absent in the bill is null here.

import { Type, type Static, type TSchema } from 'typebox';
import { CODE } from '../kernel/code-form.ts';
import { EXAMPLE_BILL } from './schema.ts';
import { BILL_NUMBER } from './text-forms.ts';

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Id = (description: string, example: string) => Type.String({ description, examples: [example] });
const Instant = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-22T08:15:30.123Z'] });

export const BillAnswer = Type.Object(
  {
    billNumber: Type.String(),
    payerId: Type.String(),
    payerName: Type.String(),
    description: Type.String(),
    status: Type.Enum(['open', 'paid', 'cancelled', 'expired'], {
      description: "On the biller's local date of today.",
    }),
    amount: Type.Union([
      Type.Object({ value: Type.String(), currency: Type.String() }),
      Type.Object({
        min: Type.String(),
        max: Type.String(),
        step: Type.Optional(Type.String()),
        currency: Type.String(),
      }),
    ]),
    dueOn: Type.String(),
    expiresOn: Nullable(Type.String()),
    version: Nullable(Type.Integer()),
    revision: Type.Integer({
      description: 'Wasit’s own count of the contents: 1, 2 …; a quote holds for one of them.',
    }),
    penalty: Nullable(Type.Array(Type.Object({}, { additionalProperties: true }))),
    lines: Nullable(
      Type.Array(
        Type.Object({
          budgetLine: Type.String(),
          amount: Type.Object({ value: Type.String(), currency: Type.String() }),
        }),
      ),
    ),
    budgetLine: Nullable(Type.String()),
    unit: Nullable(Type.String()),
    service: Nullable(Type.String()),
    payer: Nullable(Type.Object({}, { additionalProperties: true })),
    paymentId: Nullable(Id('The payment that paid it.', 'pay_01jd8x4z6k0a1b2c3d4e5f6g7h')),
    receivedAt: Instant('When this content was received.'),
  },
  {
    description: 'A bill as Wasit holds it.',
    examples: [
      {
        billNumber: 'OM-2026-000417',
        ...EXAMPLE_BILL,
        status: 'open',
        expiresOn: null,
        revision: 1,
        penalty: null,
        lines: null,
        budgetLine: null,
        unit: null,
        service: null,
        payer: null,
        paymentId: null,
        receivedAt: '2026-11-22T08:15:30.123Z',
      },
    ],
  },
);
export type BillAnswer = Static<typeof BillAnswer>;

const Day = Type.Optional(Type.String({ format: 'date', examples: ['2026-12-15'] }));

export const BillsQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(['open', 'paid', 'cancelled', 'expired'])),
    payerId: Type.Optional(Type.String({ pattern: CODE, examples: ['E-20417'] })),
    dueFrom: Day,
    dueTo: Day,
    unit: Type.Optional(Type.String({ pattern: CODE, examples: ['cairo'] })),
    after: Type.Optional(
      Type.String({ pattern: BILL_NUMBER, description: 'The `next` of the page before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);

export const BillList = Type.Object(
  { items: Type.Array(BillAnswer), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [], next: null }] },
);
