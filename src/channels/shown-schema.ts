// Shapes of channels and keys as the operator's people see them.

import { Type } from 'typebox';

export const ChannelParams = Type.Object({
  code: Type.String({ maxLength: 32, examples: ['bank-one'] }),
});
export const KeyParams = Type.Object({
  keyId: Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_-]+$', examples: ['key_2f7q2mx9ztc4wh0k'] }),
});

const Channel = Type.Object(
  {
    channelId: Type.Integer(),
    code: Type.String(),
    status: Type.Enum(['active', 'suspended']),
    available: Type.Array(Type.Object({ value: Type.String(), currency: Type.String() }), {
      description: 'What is left of its float or credit, by currency.',
    }),
  },
  { additionalProperties: true, description: 'With its settings: name, kind, funding, limits.' },
);
const example = { channelId: 1, code: 'bank-one', status: 'active', available: [] };

export const ChannelAnswer = Type.Object(Channel.properties, {
  additionalProperties: true,
  examples: [example],
});
export const ChannelPage = Type.Object(
  { items: Type.Array(Channel), next: Type.Null() },
  { examples: [{ items: [example], next: null }] },
);

const Instant = Type.String({ format: 'date-time' });

export const KeyAnswer = Type.Object(
  { keyId: Type.String(), revokedAt: Instant },
  { examples: [{ keyId: 'key_2f7q2mx9ztc4wh0k', revokedAt: '2026-11-22T08:20:00.000Z' }] },
);
export const KeyPage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        keyId: Type.String(),
        kind: Type.Enum(['channel', 'agency', 'operator']),
        code: Type.String({ description: 'Of the client.' }),
        algorithm: Type.String(),
        label: Type.String(),
        allowedIps: Type.Array(Type.String()),
        createdAt: Instant,
        expiresAt: Type.Optional(Instant),
        revokedAt: Type.Optional(Instant),
      }),
    ),
    next: Type.Null(),
  },
  { examples: [{ items: [], next: null }] },
);
