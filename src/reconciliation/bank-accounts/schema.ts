// Shape of a bank reconciliation at the HTTP edge. Answers may gain fields.

import { Type, type TSchema } from 'typebox';
import { CODE } from '../../kernel/code-form.ts';

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
/** Money in positive; a balance may be less than nothing. */
const Signed = Type.Object({ value: Type.String(), currency: Type.String() });
const Balance = orNull(Type.Object({ on: Type.String({ format: 'date' }), amount: Signed }));
const OfDay = { count: Count, amount: Signed, since: orNull(Type.String({ format: 'date' })) };
const OfInstant = Type.Object({
  count: Count,
  amount: Signed,
  since: orNull(Type.String({ format: 'date-time' })),
});
const amount = (value: string) => ({ value, currency: 'OMR' });
const none = { count: 0, amount: amount('0.000'), since: null };

export const AccountReconciliation = Type.Object(
  {
    account: Type.String(),
    books: { ...Signed, description: 'The balance of the account in the ledger, over all books.' },
    opening: { ...Balance, description: 'Of the first statement, which the books know nothing of.' },
    closing: { ...Balance, description: 'Of the last statement; null: none has come.' },
    unbooked: Type.Object(OfDay, {
      description: 'Lines of statements that are not in the books: they wait, or are breaks.',
    }),
    early: Type.Object(
      {
        ...OfDay,
        missed: Type.Object(
          { count: Count, amount: Signed },
          {
            description:
              'Of these, booked more than 3 days before the last statement ended: it should have said them.',
          },
        ),
      },
      { description: 'In the books by notifications, and no statement has said it yet.' },
    ),
    withoutLine: Type.Object(
      {
        amount: Signed,
        remittances: OfInstant,
        returns: OfInstant,
        topUps: OfInstant,
        other: { ...Signed, description: 'Such as adjustments.' },
      },
      {
        description:
          'In the books by persons or by an answer of the bank, and no line of the account has proved it.',
      },
    ),
    gap: orNull({
      ...Signed,
      description: 'What statements that have not come have moved: their balances do not follow each other.',
    }),
    difference: { ...Signed, description: 'Nothing, or a fault of ours.' },
  },
  {
    description:
      'closing = opening + books + unbooked − early − withoutLine + gap − difference, item by item from one moment.',
    examples: [
      {
        account: 'ours-omr',
        books: amount('4074.500'),
        opening: { on: '2026-11-22', amount: amount('10000.000') },
        closing: { on: '2026-11-23', amount: amount('14099.500') },
        unbooked: { count: 1, amount: amount('25.000'), since: '2026-11-23' },
        early: { ...none, missed: { count: 0, amount: amount('0.000') } },
        withoutLine: {
          amount: amount('0.000'),
          remittances: none,
          returns: none,
          topUps: none,
          other: amount('0.000'),
        },
        gap: amount('0.000'),
        difference: amount('0.000'),
      },
    ],
  },
);

export const AccountParams = Type.Object({ code: Type.String({ pattern: CODE }) });
