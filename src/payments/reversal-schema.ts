// Shapes of undoing a payment: reversal and cancellation (api.md, "Channels").

import { Type, type Static } from 'typebox';
import { Money, ONE_LINE } from '../bills/index.ts';
import { Reference } from './schema.ts';

const closed = { additionalProperties: false };
const Instant = Type.String({ format: 'date-time' });

const Reason = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: ONE_LINE,
  examples: ['customer changed his mind'],
});

/** `POST /v1/payments/{paymentId}/reversal` and `POST /v1/payments/cancellation`. */
export const ReversalBody = Type.Object(
  { reference: Reference, reason: Reason },
  { ...closed, examples: [{ reference: '2026-11-22.R00012', reason: 'customer changed his mind' }] },
);
export type ReversalBody = Static<typeof ReversalBody>;

export const ReversalAnswer = Type.Object(
  {
    reversalId: Type.String(),
    paymentId: Type.String(),
    reference: Type.String(),
    status: Type.Enum(['reversed']),
    kind: Type.Enum(['reversal', 'adjustment'], {
      description: 'adjustment: the day of the payment was sealed already.',
    }),
    amount: Money,
    businessDate: Type.String({ format: 'date' }),
    reversedAt: Instant,
    reason: Type.String(),
  },
  {
    examples: [
      {
        reversalId: 'rev_06fhp0c6dm000g8k2n5v7w9xqz',
        paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
        reference: '2026-11-22.R00012',
        status: 'reversed',
        kind: 'reversal',
        amount: { value: '125.700', currency: 'OMR' },
        businessDate: '2026-11-22',
        reversedAt: '2026-11-22T08:20:00.000Z',
        reason: 'customer changed his mind',
      },
    ],
  },
);

export const CancellationAnswer = Type.Object(
  {
    outcome: Type.Enum(['reversed', 'cancelled', 'already-refused']),
    reference: Type.String(),
    reversal: Type.Optional(ReversalAnswer),
  },
  { examples: [{ outcome: 'cancelled', reference: '2026-11-22.000417' }] },
);
