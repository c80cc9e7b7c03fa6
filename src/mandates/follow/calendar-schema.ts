// What is collected day by day, in answers.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { State } from './schema.ts';

const sum = { count: Type.Integer(), amount: Money };
const Sum = (description: string) => Type.Object(sum, { description });
const Day = Type.String({ format: 'date' });
const money = (value: string) => ({ value, currency: 'OMR' });

export const CalendarAnswer = Type.Object(
  {
    billerCode: Type.String(),
    from: Day,
    to: Day,
    days: Type.Array(
      Type.Object({
        date: Type.String({ format: 'date', description: 'On which the payers’ accounts are debited.' }),
        debits: Type.Array(Type.Object({ state: State, ...sum }), {
          description: 'That there are, by state.',
        }),
        expected: Sum('Of open bills that no debit has taken up, as they stand today, within the ceilings.'),
        overCeiling: Sum('Of such bills: what is above a ceiling, and is decided by persons.'),
        retries: Sum('Failed and returned debits that are tried again on this day.'),
        total: Type.Object(sum, {
          description: 'What may come in: planned, built, sent, expected and tried again.',
        }),
        bills: Type.Optional(
          Type.Array(Type.Object({ billNumber: Type.String(), amount: Money }), {
            description:
              'Those of debits under way, held ones too, and those expected, where one payer or mandate is asked for.',
          }),
        ),
      }),
      { description: 'Those with something on them.' },
    ),
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        from: '2026-12-01',
        to: '2026-12-31',
        days: [
          {
            date: '2026-12-15',
            debits: [{ state: 'planned', count: 2, amount: money('300.000') }],
            expected: { count: 1, amount: money('125.500') },
            overCeiling: { count: 0, amount: money('0.000') },
            retries: { count: 0, amount: money('0.000') },
            total: { count: 3, amount: money('425.500') },
          },
        ],
      },
    ],
  },
);
export type CalendarAnswer = Static<typeof CalendarAnswer>;
