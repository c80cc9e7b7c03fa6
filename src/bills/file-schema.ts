// Shapes of bill files and pay codes: what the agency asks, and what it sees of the progress.

import { Type, type Static } from 'typebox';
import { BillNumber } from './schema.ts';
import { REFERENCE } from './text-forms.ts';

export const FileAccepted = Type.Object(
  { fileId: Type.String() },
  {
    description: 'Ask for the progress under this id.',
    examples: [{ fileId: 'bfl_01jd8x4z6k0a1b2c3d4e5f6g7h' }],
  },
);

const Count = (description: string) => Type.Integer({ minimum: 0, description });

export const FileState = Type.Object(
  {
    fileId: Type.String({ examples: ['bfl_01jd8x4z6k0a1b2c3d4e5f6g7h'] }),
    state: Type.Enum(['receiving', 'loading', 'done', 'failed'], {
      description:
        '`failed`: the file broke off or cannot be read further; what it had loaded stays. Send it again.',
    }),
    format: Type.Enum(['csv', 'ndjson']),
    bytes: Count('Size as sent.'),
    sha256: Type.Union([Type.String({ description: 'Of the bytes as sent, hexadecimal.' }), Type.Null()]),
    lines: Count('Bills in the file that have been dealt with so far; the CSV header is not one.'),
    created: Count('New bills.'),
    replaced: Count('Bills with new content.'),
    unchanged: Count('Bills that were the same already.'),
    rejected: Count('Lines that were refused: see the rejects, where the first 100,000 are listed.'),
    failure: Type.Union([Type.String({ description: 'Why it failed.' }), Type.Null()]),
    receivedAt: Type.String({ format: 'date-time' }),
    doneAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  {
    examples: [
      {
        fileId: 'bfl_01jd8x4z6k0a1b2c3d4e5f6g7h',
        state: 'loading',
        format: 'csv',
        bytes: 98_304_112,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        lines: 640_000,
        created: 639_871,
        replaced: 100,
        unchanged: 0,
        rejected: 29,
        failure: null,
        receivedAt: '2026-11-22T08:15:30.123Z',
        doneAt: null,
      },
    ],
  },
);
export type FileState = Static<typeof FileState>;

export const FileQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'The `next` of the page before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);

export const FileList = Type.Object(
  { items: Type.Array(FileState), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [], next: null }] },
);

export const FileParams = Type.Object(
  { fileId: Type.String({ maxLength: 40, examples: ['bfl_01jd8x4z6k0a1b2c3d4e5f6g7h'] }) },
  { additionalProperties: false },
);

export const PayCodeBody = Type.Object(
  {
    reference: Type.String({
      pattern: REFERENCE,
      description: 'Your name for this set.',
      examples: ['set-2026-11-417'],
    }),
    bills: Type.Array(BillNumber, {
      minItems: 1,
      maxItems: 500,
      uniqueItems: true,
      description: 'Bills of yours that are paid together; every one must exist.',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ reference: 'set-2026-11-417', bills: ['OM-2026-000417', 'OM-2026-000418'] }],
  },
);
export type PayCodeBody = Static<typeof PayCodeBody>;

export const PayCodeAnswer = Type.Object(
  {
    payCode: Type.String({
      description: 'ISO 11649 creditor reference, usable as `billNumber`.',
      examples: ['RF8712345678901234'],
    }),
    reference: Type.String(),
    bills: Type.Array(Type.String()),
    createdAt: Type.String({ format: 'date-time' }),
  },
  {
    examples: [
      {
        payCode: 'RF8712345678901234',
        reference: 'set-2026-11-417',
        bills: ['OM-2026-000417', 'OM-2026-000418'],
        createdAt: '2026-11-22T08:15:30.123Z',
      },
    ],
  },
);
export type PayCodeAnswer = Static<typeof PayCodeAnswer>;
