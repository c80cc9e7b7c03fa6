// Shapes of the download of a settlement's reports.

import { Type } from 'typebox';
import { FORMATS } from './document.ts';
import { exampleCsv, exampleJson } from './examples.ts';

export const ReportParams = Type.Object({
  settlementId: Type.String({ maxLength: 64, examples: ['stl_06fhp0c6dm000g8k2n5v7w9xqz'] }),
  format: Type.Enum([...FORMATS]),
});

export const LanguageQuery = Type.Optional(
  Type.Enum(['ar', 'fr', 'en'], {
    description: 'Of XLSX and PDF. Without it: Accept-Language, else the agency’s own.',
  }),
);

export const ReportQuery = Type.Object(
  {
    language: LanguageQuery,
    bom: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'CSV with a byte order mark in front, for spreadsheets that need one.',
      }),
    ),
  },
  { additionalProperties: false },
);

const bytes = { type: 'string', format: 'binary' };

export const FileAnswer = Type.Unsafe<never>({
  description:
    'The document: made once after the close and never again. `content-digest` (RFC 9530) and `etag` are of its bytes; a single `range` is served. Compressed on the fly where `accept-encoding` names gzip, then without ranges.',
  content: {
    'application/json': { schema: { type: 'object' }, example: exampleJson },
    'text/csv': { schema: { type: 'string' }, example: exampleCsv },
    'application/pdf': { schema: bytes },
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: bytes },
  },
});

export const PartAnswer = Type.Unsafe<never>({
  description: 'The bytes of the range that was asked for.',
  content: { 'application/octet-stream': { schema: bytes } },
});
