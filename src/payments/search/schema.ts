// What payments are searched by.

import { Type } from 'typebox';
import { BillNumber } from '../../bills/index.ts';
import { CODE } from '../../kernel/code-form.ts';
import { Reference } from '../schema.ts';

const PLAIN = '^[^\\u0000-\\u001f\\u007f\\p{Cs}]*$';
const Day = (description: string) =>
  Type.Optional(Type.String({ format: 'date', description, examples: ['2026-11-22'] }));

export const SearchQuery = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        pattern: PLAIN,
        description: 'A receipt number, a payment’s id, a reference, a bill’s number or a payer’s.',
        examples: ['01-7Q2MX-9ZTC4-WH0K-J'],
      }),
    ),
    receiptNumber: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, pattern: PLAIN, examples: ['01-7Q2MX-9ZTC4-WH0K-J'] }),
    ),
    paymentId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, examples: ['pay_06fhp0c6dm000g8k2n5v7w9xqz'] }),
    ),
    reference: Type.Optional(Reference),
    billNumber: Type.Optional(BillNumber),
    payerId: Type.Optional(Type.String({ pattern: CODE, examples: ['E-20417'] })),
    from: Day('The first business date.'),
    to: Day('The last.'),
    channel: Type.Optional(
      Type.String({ maxLength: 32, description: 'Not for channels.', examples: ['bank-one'] }),
    ),
    state: Type.Optional(Type.Enum(['accepted', 'credited', 'reversed'])),
    after: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'The `next` of the page before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50 })),
  },
  { additionalProperties: false },
);
