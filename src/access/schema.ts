// What signing in takes and answers.

import { Type } from 'typebox';
import { ROLES, type Person } from './person.ts';

export const SessionBody = Type.Object(
  {
    login: Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: '^[^\\u0000\\p{Cs}]*$', // PostgreSQL keeps all but these
      examples: ['a.salim'],
    }),
    password: Type.String({ minLength: 1, maxLength: 512, examples: ['correct horse battery staple'] }),
  },
  {
    additionalProperties: false,
    examples: [{ login: 'a.salim', password: 'correct horse battery staple' }],
  },
);

const exampleStaff = {
  login: 'a.salim',
  name: 'Aisha Salim',
  role: 'approver',
  billerCode: 'om-social',
  language: 'ar',
};

export const StaffAnswer = Type.Object(
  {
    login: Type.String(),
    name: Type.String(),
    role: Type.Enum([...ROLES], { type: 'string' }),
    billerCode: Type.Optional(Type.String({ description: 'Of an agency’s people.' })),
    channelCode: Type.Optional(Type.String({ description: 'Of a channel’s people.' })),
    language: Type.Enum(['ar', 'fr', 'en'], { type: 'string' }),
  },
  { examples: [exampleStaff] },
);

const exampleToken = 'wst_0bD1mYw2p7cQ4rT9uX3zA5eG8hJ6kL0nPvSxZyWqRtU';

export const SessionAnswer = Type.Object(
  {
    token: Type.String({
      description: 'For `Authorization: Bearer`. Shown once.',
      examples: [exampleToken],
    }),
    expiresAt: Type.String({
      format: 'date-time',
      description: 'At the latest; half an hour without a request ends it before.',
    }),
    staff: StaffAnswer,
  },
  {
    examples: [
      {
        token: exampleToken,
        expiresAt: '2026-11-22T20:15:30.123Z',
        staff: exampleStaff,
      },
    ],
  },
);

export const CurrentSession = Type.Object(
  {
    createdAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
    staff: StaffAnswer,
  },
  {
    examples: [
      {
        createdAt: '2026-11-22T08:15:30.123Z',
        expiresAt: '2026-11-22T20:15:30.123Z',
        staff: exampleStaff,
      },
    ],
  },
);

export const EndQuery = Type.Object(
  {
    all: Type.Optional(
      Type.Boolean({ description: 'Also this person’s other sessions, wherever they were opened.' }),
    ),
  },
  { additionalProperties: false },
);

/** A person as answers show him. */
export function showPerson({ login, name, role, billerCode, channelCode, language }: Person): {
  login: string;
  name: string;
  role: Person['role'];
  billerCode?: string;
  channelCode?: string;
  language: Person['language'];
} {
  return {
    login,
    name,
    role,
    ...(billerCode !== undefined && { billerCode }),
    ...(channelCode !== undefined && { channelCode }),
    language,
  };
}
