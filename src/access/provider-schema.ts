// What signing in by a provider takes and answers.

import { Type } from 'typebox';

export const SignInWays = Type.Object(
  {
    password: Type.Boolean(),
    hasSession: Type.Boolean({
      description:
        'The request carries the cookie of a session; whether it still holds, `GET /v1/sessions/current` says.',
    }),
    oidc: Type.Union([Type.Object({ name: Type.String({ description: 'Of the provider.' }) }), Type.Null()]),
  },
  { examples: [{ password: true, hasSession: false, oidc: { name: 'login.example.org' } }] },
);

export const StartQuery = Type.Object(
  {
    return: Type.Optional(
      Type.String({
        maxLength: 500,
        // A path of our own: a browser takes `//x` and `/\x` for another host's.
        pattern: '^/(?![/\\\\])[!-\\[\\]-~]*$',
        description: 'The path to go on to, of this gateway.',
        examples: ['/console/'],
      }),
    ),
  },
  { additionalProperties: false },
);

/** Whatever the provider adds. */
export const CallbackQuery = Type.Object(
  { code: Type.Optional(Type.String()), state: Type.Optional(Type.String()) },
  { additionalProperties: true },
);
