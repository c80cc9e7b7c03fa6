// Shape of a payer's statement.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { Instant, none, orNull, some } from './schema-parts.ts';

export const StatementAnswer = Type.Object(
  {
    billerCode: Type.String(),
    payerId: Type.String(),
    payerName: Type.String(),
    from: Type.String(),
    to: Type.String(),
    currency: Type.String(),
    asOf: Instant,
    items: Type.Array(
      Type.Object({
        businessDate: Type.String(),
        acceptedAt: Instant,
        paymentId: Type.String(),
        receiptNumber: Type.String(),
        channelCode: Type.String(),
        method: Type.String(),
        billNumber: Type.String(),
        amount: Money,
        status: Type.Enum(['paid', 'reversed', 'returned']),
        endedOn: orNull(
          Type.String({ description: 'Business date of the reversal, or of the return as credit.' }),
        ),
      }),
    ),
    paid: Money,
    reversed: Money,
    stands: Money,
    credit: Money,
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        payerId: 'E-20417',
        payerName: 'Al Noor Trading',
        from: '2026-11-01',
        to: '2026-11-30',
        currency: 'OMR',
        asOf: '2026-11-30T08:20:00.000Z',
        items: [
          {
            businessDate: '2026-11-22',
            acceptedAt: '2026-11-22T08:15:30.123Z',
            paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
            receiptNumber: '01-7Q2M-X9ZT-C4WH-J',
            channelCode: 'bank-one',
            method: 'cash',
            billNumber: 'OM-2026-000417',
            amount: some,
            status: 'paid',
            endedOn: null,
          },
        ],
        paid: some,
        reversed: none,
        stands: some,
        credit: none,
      },
    ],
  },
);
export type StatementAnswer = Static<typeof StatementAnswer>;
