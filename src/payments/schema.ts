// Shapes of payments at the HTTP edge (api.md, "Channels"). Requests refuse unknown fields; answers may gain some.

import { Type, type Static } from 'typebox';
import { BillNumber, Money, ONE_LINE } from '../bills/index.ts';
import { METHODS, OUTLET_KINDS } from '../channels/index.ts';

/** Bills of one payment, those that a pay code stands for included. */
export const MOST_BILLS = 500;

export const PaymentParams = Type.Object({
  paymentId: Type.String({ maxLength: 64, examples: ['pay_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

const closed = { additionalProperties: false };

export const Reference = Type.String({
  pattern: '^[A-Za-z0-9._:-]{1,64}$',
  description:
    "The caller's own name for one intention, case-sensitive. One reference, one answer, for ever.",
  examples: ['2026-11-22.000417'],
});

const Short = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: ONE_LINE, description });

export const Outlet = Type.Object(
  {
    kind: Type.Enum([...OUTLET_KINDS]),
    id: Short('Which outlet.'),
    branchId: Type.Optional(Short('Which branch it belongs to.')),
    operatorId: Type.Optional(Short('Who stood at the counter.')),
  },
  {
    ...closed,
    description: 'Where the payer stood; its kind may decide the fee.',
    examples: [{ kind: 'branch', id: 'MCT-014' }],
  },
);

const Instrument = Type.Object(
  {
    rrn: Type.Optional(Short('Retrieval reference number.')),
    authCode: Type.Optional(Short('Authorisation code.')),
    maskedPan: Type.Optional(
      Type.String({
        pattern: '^(?=.{8,19}$)[0-9]{0,6}[*]+[0-9]{0,4}$',
        description:
          'At most the first six and last four digits, stars between them; never the whole number.',
      }),
    ),
    bankReference: Type.Optional(Short("The bank's own reference.")),
  },
  closed,
);

const Payer = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: ONE_LINE })),
    mobile: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: '^[^\\u0000\\p{Cs}]*$', // PostgreSQL keeps all but these
        description:
          'With its country, as `+96824123456`; blanks, hyphens, brackets and a leading `00` are put right. What is no such number is kept and told nothing: no payment is refused for it.',
        examples: ['+968 2412-3456'],
      }),
    ),
    email: Type.Optional(
      Type.String({
        maxLength: 320,
        pattern: '^[^\\u0000\\p{Cs}]*$',
        description: 'What is no address is kept and told nothing: no payment is refused for it.',
        examples: ['payroll@example.com'],
      }),
    ),
    language: Type.Optional(Type.Enum(['ar', 'fr', 'en'])),
  },
  { ...closed, description: 'Who is to be told, when not who the bill says.' },
);

const PaidBill = Type.Object(
  {
    billNumber: BillNumber,
    amount: Money,
    quoteId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 512, description: 'The quote of an inquiry that is to hold.' }),
    ),
  },
  closed,
);

export const Method = Type.Enum([...METHODS], { description: 'How the payer pays.' });

const example = {
  reference: '2026-11-22.000417',
  billerCode: 'om-social',
  bills: [{ billNumber: 'OM-2026-000417', amount: { value: '125.500', currency: 'OMR' } }],
  occurredAt: '2026-11-22T08:15:29Z',
  method: 'cash',
  outlet: { kind: 'branch', id: 'MCT-014' },
};

/** `POST /v1/payments`. Amounts never include the payer's fee. */
export const PaymentBody = Type.Object(
  {
    reference: Reference,
    billerCode: Type.String({
      minLength: 1,
      maxLength: 32,
      description: 'Who is owed.',
      examples: ['om-social'],
    }),
    bills: Type.Array(PaidBill, {
      minItems: 1,
      maxItems: MOST_BILLS,
      description: 'Each once, those of pay codes counted one by one; one currency, all or nothing.',
    }),
    occurredAt: Type.String({
      format: 'date-time',
      description: 'When the channel took the money; never refuses.',
    }),
    method: Method,
    outlet: Type.Optional(Outlet),
    instrument: Type.Optional(Instrument),
    payer: Type.Optional(Payer),
    fee: Type.Optional(Money),
    cashHeld: Type.Optional(
      Type.Boolean({
        description: "A machine that cannot give money back: what cannot be paid becomes the payer's credit.",
      }),
    ),
  },
  { ...closed, examples: [example] },
);
export type PaymentBody = Static<typeof PaymentBody>;

const AnsweredBill = Type.Object({
  billNumber: Type.String(),
  payerId: Type.Optional(Type.String()),
  amount: Money,
  amountDue: Type.Optional(
    Type.Union([Money, Type.Null()], { description: 'Penalty included; null for an open amount.' }),
  ),
  penalty: Type.Optional(Money),
  over: Type.Optional(Money),
  credited: Type.Optional(Type.String({ description: "The code that made the money the payer's credit." })),
});

const Instant = Type.String({ format: 'date-time' });

export const PaymentAnswer = Type.Object(
  {
    paymentId: Type.String(),
    reference: Type.String(),
    status: Type.Enum(['accepted', 'credited', 'reversed']),
    receiptNumber: Type.String({ description: 'Anyone can check it at /r/{receiptNumber}.' }),
    billerCode: Type.String(),
    channelCode: Type.String(),
    bills: Type.Array(AnsweredBill),
    amount: Money,
    fee: Money,
    total: Type.Object(Money.properties, {
      ...closed,
      description: 'Amount and fee: what the payer handed over.',
    }),
    method: Type.String(),
    route: Type.Enum(['via-operator', 'direct']),
    outlet: Type.Optional(Outlet),
    businessDate: Type.String({ format: 'date' }),
    occurredAt: Type.String(),
    agencySaidAt: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          "The agency's own system did not answer: the payment went by what it had said then, and is told to it as soon as it does.",
      }),
    ),
    acceptedAt: Instant,
    reversibleUntil: Instant,
    reversedAt: Type.Optional(Instant),
  },
  {
    examples: [
      {
        paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
        reference: example.reference,
        status: 'accepted',
        receiptNumber: '01-7Q2MX-9ZTC4-WH0K-J',
        billerCode: 'om-social',
        channelCode: 'bank-one',
        bills: [
          {
            billNumber: 'OM-2026-000417',
            payerId: 'E-20417',
            amount: { value: '125.500', currency: 'OMR' },
            amountDue: { value: '125.500', currency: 'OMR' },
            penalty: { value: '0.000', currency: 'OMR' },
          },
        ],
        amount: { value: '125.500', currency: 'OMR' },
        fee: { value: '0.200', currency: 'OMR' },
        total: { value: '125.700', currency: 'OMR' },
        method: 'cash',
        route: 'via-operator',
        outlet: example.outlet,
        businessDate: '2026-11-22',
        occurredAt: '2026-11-22T08:15:29Z',
        acceptedAt: '2026-11-22T08:15:30.123Z',
        reversibleUntil: '2026-11-22T18:00:00.000Z',
      },
    ],
  },
);

export const StatusAnswer = Type.Object(
  {
    status: Type.Enum(['accepted', 'credited', 'reversed', 'refused', 'cancelled']),
    payment: Type.Optional(PaymentAnswer),
    problem: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'The refusal that was answered.' }),
    ),
  },
  { examples: [{ status: 'cancelled' }] },
);

export const PaymentList = Type.Object(
  { items: Type.Array(PaymentAnswer), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [], next: null }] },
);
