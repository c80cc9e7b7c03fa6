// What reports that are made when they are asked for are asked with.

import { Type } from 'typebox';
import { CODE } from '../../kernel/code-form.ts';

const closed = { additionalProperties: false };
const Day = (description: string) => Type.String({ format: 'date', description, examples: ['2026-11-22'] });

const biller = Type.Optional(
  Type.String({
    maxLength: 32,
    description: 'The agency, where the operator asks.',
    examples: ['om-social'],
  }),
);
const language = Type.Optional(
  Type.Enum(['ar', 'fr', 'en'], { description: 'Of a file; else Accept-Language.' }),
);
const format = (other: 'xlsx' | 'pdf') =>
  Type.Optional(
    Type.Enum(['json', other], { description: `The same as asking by Accept; without both: JSON.` }),
  );

export const DailyQuery = Type.Object(
  { date: Day('A business date.'), biller, language, format: format('xlsx') },
  closed,
);
export const SpanQuery = Type.Object(
  {
    from: Day('The first day.'),
    to: Day('The last day; at most 92 days.'),
    biller,
    language,
    format: format('xlsx'),
  },
  closed,
);
export const StatementQuery = Type.Object(
  {
    from: Day('The first business date.'),
    to: Day('The last; at most 366 days.'),
    biller,
    language,
    format: format('pdf'),
  },
  closed,
);
export const PayerParams = Type.Object({
  payerId: Type.String({ pattern: CODE, examples: ['E-20417'] }),
});
