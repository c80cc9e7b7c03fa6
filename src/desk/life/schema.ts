// Shape of a payment's life. What stands in it depends on who looks; answers may gain fields.

import { Type } from 'typebox';
import { Money } from '../../bills/index.ts';

export const LifeParams = Type.Object({
  paymentId: Type.String({ maxLength: 64, examples: ['pay_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

const open = { additionalProperties: true };
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const Things = (description: string) => Type.Array(Type.Object({}, open), { description });
const Instant = Type.String({ format: 'date-time' });

const Payment = Type.Object(
  {
    paymentId: Type.String(),
    receiptNumber: Type.String(),
    status: Type.Enum(['accepted', 'credited', 'reversed']),
    biller: Type.String(),
    channel: Type.String(),
    reference: Type.String(),
    method: Type.String(),
    route: Type.String(),
    amount: Money,
    fee: Money,
    total: Money,
    billerFee: Type.Optional(Money),
    tax: Money,
    commission: Type.Optional(Money),
    businessDate: Type.String(),
    daySealedAt: Type.Optional(orNull(Instant)),
    occurredAt: Instant,
    acceptedAt: Instant,
    reversibleUntil: Instant,
    agencySaidAt: orNull(Instant),
    request: orNull(Type.Object({}, { ...open, description: 'As it was asked.' })),
    bills: Things('As they were paid.'),
    journals: Type.Optional(Things('For the operator: every posting.')),
    money: Type.Optional(
      Type.Object(
        {
          settlementId: orNull(Type.String()),
          remittances: Things('Of its date.'),
          lines: Things('Of statements.'),
        },
        { description: 'Where it went.' },
      ),
    ),
    events: Type.Optional(Things('With what became of each on its way to the agency.')),
    reversal: orNull(Type.Object({}, open)),
    rejections: Type.Optional(Things('What a linked agency could not book.')),
    breaks: Type.Optional(Things('What two sides do not say alike.')),
    disputes: Things('Disputes and cases about it.'),
  },
  open,
);

const money = { value: '125.500', currency: 'OMR' };

export const LifeAnswer = Type.Object(
  {
    payment: Payment,
    bills: Things('Its bills as they stand now, with their history; not for channels.'),
    debits: Things('The debit that paid it, if one did; not for channels.'),
  },
  {
    examples: [
      {
        payment: {
          paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
          receiptNumber: '01-7Q2M-X9ZT-C4WH-J',
          status: 'accepted',
          biller: 'om-social',
          channel: 'bank-one',
          reference: '2026-11-22.000417',
          method: 'cash',
          route: 'via-operator',
          amount: money,
          fee: { value: '0.200', currency: 'OMR' },
          total: { value: '125.700', currency: 'OMR' },
          tax: { value: '0.000', currency: 'OMR' },
          businessDate: '2026-11-22',
          occurredAt: '2026-11-22T08:15:29.000Z',
          acceptedAt: '2026-11-22T08:15:30.123Z',
          reversibleUntil: '2026-11-22T18:00:00.000Z',
          agencySaidAt: null,
          request: { channel: 'bank-one', outcome: 'accepted' },
          bills: [{ billNumber: 'OM-2026-000417', amount: money }],
          reversal: null,
          disputes: [],
        },
        bills: [],
        debits: [],
      },
    ],
  },
);
