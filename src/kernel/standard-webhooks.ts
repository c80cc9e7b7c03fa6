// Signatures of messages to agencies by Standard Webhooks v1 (standardwebhooks.com): HMAC-SHA256 over
// `id.timestamp.body` under each of the agency's secrets, so that a secret can be changed without a gap.
// Remember: what is signed is the body as it goes out, byte for byte; never parse and write it again in between.

import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const NEW_SECRET_BYTES = 32;
/** The standard asks for 24 to 64 bytes. */
const SECRET_BYTES = { least: 24, most: 64 };

export interface WebhookToSign {
  /** The current one first; receivers accept any that they know. At least one. */
  readonly secrets: readonly Buffer[];
  /** The event's id: the same in every attempt. Without a full stop, which separates what is signed. */
  readonly id: string;
  /** Seconds since 1970 of this attempt, not of the event. */
  readonly timestampSeconds: number;
  readonly body: string | Buffer;
}

export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** The three headers of the standard. Throws on what would make a signature that says something else than meant. */
export function signWebhook({ secrets, id, timestampSeconds, body }: WebhookToSign): WebhookHeaders {
  if (secrets.length === 0) throw new TypeError('a webhook needs a secret to be signed with');
  if (!/^[\x21-\x2d\x2f-\x7e]+$/.test(id)) throw new TypeError(`not an id of a webhook: ${id}`);
  if (!Number.isSafeInteger(timestampSeconds) || timestampSeconds < 0)
    throw new TypeError(`not a time in whole seconds: ${timestampSeconds}`);
  const timestamp = String(timestampSeconds);
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body);
    return `v1,${hmac.digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** A new secret in the standard's spelling, shown to the agency once: `whsec_` and the base64 of 32 random bytes. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(NEW_SECRET_BYTES).toString('base64');
}

/** The bytes of a secret; undefined unless it is `whsec_` and the exact, padded base64 of 24 to 64 bytes. */
export function readWebhookSecret(text: string): Buffer | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const base64 = text.slice(PREFIX.length);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < SECRET_BYTES.least || bytes.length > SECRET_BYTES.most) return undefined;
  return bytes.toString('base64') === base64 ? bytes : undefined;
}
