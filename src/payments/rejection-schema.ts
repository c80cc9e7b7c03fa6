// Shapes of a rejection: a linked agency cannot book what had been paid elsewhere.

import { Type, type Static } from 'typebox';
import { BillNumber, Money } from '../bills/index.ts';
import { MOST_BILLS, Reference } from './schema.ts';

const Instant = Type.String({ format: 'date-time' });

/** `POST /v1/payments/{paymentId}/rejection`. */
export const RejectionBody = Type.Object(
  {
    reference: Reference,
    reason: Type.Enum(['paid-elsewhere']),
    bills: Type.Optional(
      Type.Array(BillNumber, {
        minItems: 1,
        maxItems: MOST_BILLS,
        uniqueItems: true,
        description: 'Those of the payment that cannot be booked; all of them when left out.',
      }),
    ),
    paidAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'When they were paid elsewhere.' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ reference: 'rej-000417', reason: 'paid-elsewhere', paidAt: '2026-11-22T08:10:00Z' }],
  },
);
export type RejectionBody = Static<typeof RejectionBody>;

export const RejectionAnswer = Type.Object(
  {
    rejectionId: Type.String(),
    paymentId: Type.String(),
    reference: Type.String(),
    status: Type.Enum(['credited']),
    reason: Type.Enum(['paid-elsewhere']),
    bills: Type.Array(Type.Object({ billNumber: Type.String(), payerId: Type.String(), amount: Money })),
    amount: Money,
    businessDate: Type.String({ format: 'date' }),
    creditedAt: Instant,
  },
  {
    examples: [
      {
        rejectionId: 'rej_06fhp0c6dm000g8k2n5v7w9xqz',
        paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
        reference: 'rej-000417',
        status: 'credited',
        reason: 'paid-elsewhere',
        bills: [
          {
            billNumber: 'EG-2026-000417',
            payerId: 'P-20417',
            amount: { value: '125.50', currency: 'EGP' },
          },
        ],
        amount: { value: '125.50', currency: 'EGP' },
        businessDate: '2026-11-22',
        creditedAt: '2026-11-22T08:20:00.000Z',
      },
    ],
  },
);
export type RejectionAnswer = Static<typeof RejectionAnswer>;
