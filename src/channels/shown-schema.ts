// Shapes of channels and keys as the operator's people see them.

import { WRITTEN_LINE } from '../kernel/text-form.ts';
import { Type } from 'typebox';

const PLAIN = '^[^\\u0000-\\u001f\\u007f\\p{Cs}]*$';
const CLIENT = '^([a-z]+/)?[a-z0-9][a-z0-9-]*$';

export const ChannelParams = Type.Object({
  code: Type.String({ maxLength: 32, pattern: WRITTEN_LINE, examples: ['bank-one'] }),
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

const closed = { additionalProperties: false };

export const KeyBody = Type.Object(
  {
    client: Type.String({
      minLength: 1,
      maxLength: 40,
      pattern: CLIENT,
      description:
        'Code of a channel or an agency, or `operator`; with its kind where both have the code: `channel/x`, `agency/x`.',
    }),
    algorithm: Type.Optional(Type.Enum(['bearer', 'hmac-sha256', 'ed25519'], { default: 'bearer' })),
    label: Type.Optional(
      Type.String({ maxLength: 200, pattern: PLAIN, description: 'For the list of keys.' }),
    ),
    allowedIps: Type.Optional(
      Type.Array(Type.String({ maxLength: 50 }), {
        maxItems: 100,
        description: 'Addresses and CIDR blocks that may use it; without: any.',
      }),
    ),
    expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'Without: never.' })),
    publicKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'Of the client’s own Ed25519 pair, PEM or base64. Without it a pair is made.',
      }),
    ),
  },
  { ...closed, examples: [{ client: 'bank-one', algorithm: 'bearer', label: 'branches, 2027' }] },
);

export const KeyAdded = Type.Object(
  {
    client: Type.String(),
    keyId: Type.String(),
    algorithm: Type.Enum(['bearer', 'hmac-sha256', 'ed25519']),
    key: Type.Optional(Type.String({ description: 'Of `bearer`.' })),
    secret: Type.Optional(Type.String({ description: 'Of `hmac-sha256`, base64.' })),
    privateKey: Type.Optional(
      Type.String({ description: 'Of `ed25519`, PEM; not of the client’s own pair.' }),
    ),
  },
  {
    description: 'What has to be kept is shown once.',
    examples: [
      {
        client: 'bank-one',
        keyId: 'key_5f0c1d2e3a4b5c6d7e8f9a0b',
        algorithm: 'bearer',
        key: 'wsk_0bD1mYw2p7cQ4rT9uX3zA5eG8hJ6kL0nPvSxZyWqRtU',
      },
    ],
  },
);

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
