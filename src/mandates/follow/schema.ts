// What debits are asked for with.

import { Type, type Static } from 'typebox';
import { CODE } from '../../bills/index.ts';
import { MONTH } from '../../kernel/text-form.ts';
import { DEBIT_STATES } from '../debits/index.ts';

const closed = { additionalProperties: false };
const Day = (description: string, example: string) =>
  Type.String({ format: 'date', description, examples: [example] });
const MandateId = Type.Optional(
  Type.String({
    maxLength: 64,
    examples: ['mnd_06fhp0c6dm000g8k2n5v7w9xqz'],
    description: 'Under this mandate.',
  }),
);
const PayerId = Type.Optional(
  Type.String({
    pattern: CODE,
    examples: ['E-20417'],
    description: 'Under the mandates that collect for this number of a payer with the agency.',
  }),
);

export const State = Type.Enum([...DEBIT_STATES], { type: 'string' });

export const DebitParams = Type.Object({
  debitId: Type.String({ maxLength: 64, examples: ['dbt_06fhp0c6dm000g8k2n5v7w9xqz'] }),
});

export const DebitQuery = Type.Object(
  {
    mandateId: MandateId,
    payerId: PayerId,
    state: Type.Optional(State),
    from: Type.Optional(Day('Collected on this day or later.', '2026-11-01')),
    to: Type.Optional(Day('Collected on this day or earlier.', '2026-11-30')),
    billNumber: Type.Optional(Type.String({ pattern: CODE, examples: ['OM-2026-000417'] })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);
export type DebitQuery = Static<typeof DebitQuery>;

export const MOST_CALENDAR_DAYS = 62;

export const CalendarQuery = Type.Object(
  {
    from: Day('The first day.', '2026-12-01'),
    to: Day(`The last; at most ${MOST_CALENDAR_DAYS} days.`, '2026-12-31'),
    mandateId: MandateId,
    payerId: PayerId,
  },
  closed,
);
export type CalendarQuery = Static<typeof CalendarQuery>;

export const ReportQuery = Type.Object(
  {
    month: Type.String({
      pattern: MONTH,
      description: 'Of the days on which debits are collected.',
      examples: ['2026-11'],
    }),
    format: Type.Optional(
      Type.Enum(['json', 'csv'], {
        description:
          'JSON has the totals, CSV a line for each debit. The same as asking by Accept; without both: JSON.',
      }),
    ),
    bom: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'CSV with a byte order mark in front, for spreadsheets that need one.',
      }),
    ),
  },
  closed,
);
