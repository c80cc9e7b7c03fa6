// Shapes of bank statements at the HTTP edge. Answers may gain fields.

import { Type, type TSchema } from 'typebox';
import { CODE } from '../../kernel/code-form.ts';
import { CONTINUITIES } from './continuity.ts';

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
const Text = Type.String();
const Day = Type.String({ format: 'date' });
const Count = Type.Integer({ minimum: 0 });
/** A balance may be less than nothing. */
const Signed = Type.Object({ value: Type.String(), currency: Type.String() });

const FILE = {
  fileId: 'sfl_01jd8x4z6k0a1b2c3d4e5f6g7h',
  name: 'camt053-20261122.xml',
  source: 'upload',
  bank: null,
  account: 'ours-omr',
  state: 'read',
  statements: 1,
  lines: 214,
  fault: null,
  place: null,
  receivedAt: '2026-11-23T05:10:02.211Z',
} as const;

const item = {
  fileId: Text,
  name: Type.String({ description: 'As it was called where it came from.' }),
  source: Type.Enum(['upload', 'command', 'folder', 'sftp']),
  bank: orNull(Text),
  account: orNull(Type.String({ description: 'What it had to be about; null: nobody said.' })),
  state: Type.Enum(['receiving', 'waiting', 'read', 'refused'], {
    description:
      'A file is read whole or refused whole; `waiting`: its bytes are kept, and it is being read.',
  }),
  statements: Count,
  lines: Count,
  fault: orNull(Type.String({ description: 'Why it was refused, in words.' })),
  place: orNull(Type.String({ description: 'Where in it the fault is.' })),
  receivedAt: Type.String({ format: 'date-time' }),
};

export const StatementFileItem = Type.Object(item, { examples: [FILE] });

const StatementItem = Type.Object({
  statementId: Text,
  account: orNull(Type.String({ description: 'Of the operator; null: it is a biller’s own.' })),
  biller: orNull(Text),
  form: Type.Enum(['statement', 'notification']),
  reference: Text,
  sequence: orNull(Text),
  from: orNull(Day),
  to: orNull(Day),
  opening: orNull(Signed),
  credits: Signed,
  debits: Signed,
  closing: orNull(Signed),
  lines: Count,
  continuity: Type.Enum([...CONTINUITIES], { description: 'How it follows the one before it.' }),
  outcomes: Type.Record(Type.String(), Count, {
    description: 'Lines by what they were found to be; `waiting`: not placed yet.',
  }),
});

export const StatementFileAnswer = Type.Object(
  { ...item, statementsRead: Type.Array(StatementItem) },
  {
    examples: [
      {
        ...FILE,
        statementsRead: [
          {
            statementId: 'stm_01jd8x4z6k0a1b2c3d4e5f6g7j',
            account: 'ours-omr',
            biller: null,
            form: 'statement',
            reference: '2026-326',
            sequence: '326',
            from: '2026-11-22',
            to: '2026-11-22',
            opening: { value: '10000.000', currency: 'OMR' },
            credits: { value: '4200.000', currency: 'OMR' },
            debits: { value: '125.500', currency: 'OMR' },
            closing: { value: '14074.500', currency: 'OMR' },
            lines: 214,
            continuity: 'continues',
            outcomes: { remittance: 12, channel: 3, charge: 2, deposit: 195, break: 2 },
          },
        ],
      },
    ],
  },
);

export const StatementAccepted = Type.Object({ fileId: Text }, { examples: [{ fileId: FILE.fileId }] });
export const StatementFileList = Type.Object(
  { items: Type.Array(StatementFileItem), next: Type.Null() },
  { description: 'The newest first.', examples: [{ items: [FILE], next: null }] },
);
export const UploadQuery = Type.Object(
  {
    account: Type.Optional(
      Type.String({ pattern: CODE, description: 'The account of the operator that it must be about.' }),
    ),
    bank: Type.Optional(
      Type.String({
        pattern: CODE,
        description: 'Whose encoding and CSV mapping hold; left out: that of the account.',
      }),
    ),
    name: Type.Optional(Type.String({ maxLength: 255, description: 'As the file is called, to be shown.' })),
  },
  { additionalProperties: false },
);
export const ListQuery = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })) },
  { additionalProperties: false },
);
export const FileParams = Type.Object({ fileId: Type.String({ maxLength: 40 }) });
