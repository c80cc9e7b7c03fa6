// Shapes of an inquiry (api.md, "Channels").

import { Type, type Static } from 'typebox';
import { METHODS, OUTLET_KINDS } from '../../channels/index.ts';
import { BillNumber, Money } from '../schema.ts';
import { CODE, ONE_LINE } from '../text-forms.ts';

const closed = { additionalProperties: false };
const Short = Type.String({ minLength: 1, maxLength: 64, pattern: ONE_LINE });
const Nullable = (schema: typeof Money) => Type.Union([schema, Type.Null()]);

export const InquiryBody = Type.Object(
  {
    billerCode: Type.String({ minLength: 1, maxLength: 32, examples: ['om-social'] }),
    billNumber: Type.Optional(BillNumber),
    payerId: Type.Optional(
      Type.String({
        pattern: CODE,
        description: 'All his open bills, oldest due first.',
        examples: ['E-20417'],
      }),
    ),
    after: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9_-]{1,256}$', description: 'The `next` of the answer before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    amount: Type.Optional(
      Type.Object(Money.properties, {
        ...closed,
        description:
          'With `billNumber`: what he will pay, where he may choose it. `fee` and `total` are those of this amount, and it is refused here as a payment of it would be.',
      }),
    ),
    method: Type.Optional(Type.Enum([...METHODS], { description: 'How he will pay; decides the fee.' })),
    outlet: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum([...OUTLET_KINDS]),
          id: Type.Optional(Short),
          branchId: Type.Optional(Short),
          operatorId: Type.Optional(Short),
        },
        { ...closed, description: 'Where he stands; decides the fee.' },
      ),
    ),
  },
  {
    ...closed,
    description: 'Either `billNumber` (a bill in any state, or a pay code) or `payerId`.',
    examples: [{ billerCode: 'om-social', billNumber: 'OM-2026-000417', method: 'cash' }],
  },
);
export type InquiryBody = Static<typeof InquiryBody>;

export const InquiredBill = Type.Object({
  billNumber: Type.String(),
  payerId: Type.String(),
  payerName: Type.String({ description: 'Masked unless the channel may see names.' }),
  description: Type.String(),
  status: Type.Enum(['open', 'paid', 'cancelled', 'expired']),
  dueOn: Type.String({ format: 'date' }),
  expiresOn: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
  amountDue: Nullable(Money),
  penalty: Money,
  fee: Nullable(Money),
  total: Nullable(Money),
  policy: Type.Enum(['exact', 'at-least', 'between']),
  min: Type.Optional(Money),
  max: Type.Optional(Money),
  step: Type.Optional(Money),
  lines: Type.Array(Type.Object({ budgetLine: Type.String(), amount: Money })),
  paidAt: Type.Optional(Type.String({ format: 'date-time' })),
  quoteId: Type.Union([Type.String(), Type.Null()], {
    description: 'Name it in the payment and what is quoted here holds.',
  }),
  validUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
});
export type InquiredBill = Static<typeof InquiredBill>;

const omr = (value: string) => ({ value, currency: 'OMR' });

export const InquiryAnswer = Type.Object(
  {
    billerCode: Type.String(),
    asOf: Type.String({ format: 'date-time' }),
    stale: Type.Boolean({
      description: "True when the agency's system could not be asked and this is its last word.",
    }),
    credit: Type.Optional(Money),
    bills: Type.Array(InquiredBill),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        asOf: '2026-11-22T08:15:00.000Z',
        stale: false,
        bills: [
          {
            billNumber: 'OM-2026-000417',
            payerId: 'E-20417',
            payerName: 'A* N*** T******',
            description: 'Contribution of November 2026',
            status: 'open',
            dueOn: '2026-12-15',
            expiresOn: null,
            amountDue: omr('125.500'),
            penalty: omr('0.000'),
            fee: omr('0.200'),
            total: omr('125.700'),
            policy: 'at-least',
            lines: [],
            quoteId: 'AQABAAABAAAAAQ…',
            validUntil: '2026-11-22T08:30:00.000Z',
          },
        ],
        next: null,
      },
    ],
  },
);
export type InquiryAnswer = Static<typeof InquiryAnswer>;
