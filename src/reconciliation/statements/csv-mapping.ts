// How one bank writes its CSV: where each value stands and in which form. Kept with the bank, read by the CSV dialect. A
// column is named by its heading, or counted from 1.

import { Type, type Static } from 'typebox';

const Column = Type.Union([
  Type.String({ minLength: 1, maxLength: 200 }),
  Type.Integer({ minimum: 1, maximum: 500 }),
]);
const Words = Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { minItems: 1, maxItems: 20 });

export const CsvMappingSchema = Type.Object(
  {
    delimiter: Type.Enum([',', ';', '\t', '|']),
    /** Lines before the heading, or before the first row. */
    skipLines: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** Absent: there is one. */
    hasHeading: Type.Optional(Type.Boolean()),
    columns: Type.Object(
      {
        date: Column,
        valueDate: Type.Optional(Column),
        /** Signed, or without a sign beside the column `sign`. Else `credit` and `debit`. */
        amount: Type.Optional(Column),
        sign: Type.Optional(Column),
        credit: Type.Optional(Column),
        debit: Type.Optional(Column),
        /** After each row. With it the file is a statement, without it a notification. */
        balance: Type.Optional(Column),
        reference: Type.Optional(Column),
        endToEndId: Type.Optional(Column),
        code: Type.Optional(Column),
        text: Type.Optional(Type.Array(Column, { minItems: 1, maxItems: 20 })),
        counterparty: Type.Optional(Column),
        counterpartyAccount: Type.Optional(Column),
        account: Type.Optional(Column),
        currency: Type.Optional(Column),
      },
      { additionalProperties: false },
    ),
    /** What stands in the column `sign`; large and small letters are alike. */
    signs: Type.Optional(Type.Object({ credit: Words, debit: Words }, { additionalProperties: false })),
    dateFormat: Type.Enum(['yyyy-MM-dd', 'dd/MM/yyyy', 'dd.MM.yyyy', 'dd-MM-yyyy', 'yyyyMMdd']),
    decimalSign: Type.Enum(['.', ',']),
    groupSign: Type.Optional(Type.Enum([',', '.', ' ', "'"])),
    /** Of all rows, where no column says it. */
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 70 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    /** The latest booking stands first; the file may have 200,000 rows then. */
    newestFirst: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

export type CsvMapping = Static<typeof CsvMappingSchema>;
export type CsvColumn = Static<typeof Column>;
