// What signing in takes and answers.

import { Type } from 'typebox';
import { Code } from './factor-schema.ts';
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
    code: Type.Optional(Code),
    cookie: Type.Optional(
      Type.Boolean({
        description:
          'For pages: the token comes as the cookie `wasit_session`, which their scripts cannot read, and not in the answer.',
      }),
    ),
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
    token: Type.Optional(
      Type.String({
        description: 'For `Authorization: Bearer`. Shown once; not where it came as a cookie.',
        examples: [exampleToken],
      }),
    ),
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

const exampleId = 'ses_06fhp0c6dm000g8k2n5v7w9xqz';

export const CurrentSession = Type.Object(
  {
    sessionId: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
    staff: StaffAnswer,
  },
  {
    examples: [
      {
        sessionId: exampleId,
        createdAt: '2026-11-22T08:15:30.123Z',
        expiresAt: '2026-11-22T20:15:30.123Z',
        staff: exampleStaff,
      },
    ],
  },
);

export const SessionList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        sessionId: Type.String(),
        createdAt: Type.String({ format: 'date-time' }),
        seenAt: Type.String({ format: 'date-time', description: 'Its last request, to the minute.' }),
        expiresAt: Type.String({ format: 'date-time' }),
        address: Type.String({ description: 'From where it was opened.' }),
        userAgent: Type.String({ description: 'As the browser or program called itself.' }),
        isCurrent: Type.Boolean({ description: 'The one that asks.' }),
      }),
    ),
    next: Type.Null({ description: 'There is never more: the newest hundred are shown.' }),
  },
  {
    examples: [
      {
        items: [
          {
            sessionId: exampleId,
            createdAt: '2026-11-22T08:15:30.123Z',
            seenAt: '2026-11-22T09:01:12.456Z',
            expiresAt: '2026-11-22T20:15:30.123Z',
            address: '192.0.2.17',
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
            isCurrent: true,
          },
        ],
        next: null,
      },
    ],
  },
);

export const SessionParams = Type.Object({
  sessionId: Type.String({ maxLength: 64, examples: [exampleId] }),
});

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
