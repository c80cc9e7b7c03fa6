// Seals the HMAC secrets of clients: AES-256-GCM under a key that HKDF-SHA-256 (RFC 5869) derives from the
// installation's master key. A sealed secret is bound to its key id, so a row copied to another key does not open.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from './errors.ts';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;
const MASTER_KEY_BYTES = 32;

/** Version, nonce, tag and ciphertext, in this order. */
export function sealSecret(masterKey: Buffer, keyId: string, secret: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(masterKey), iv).setAAD(Buffer.from(keyId));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]);
}

/** Throws an AppError when the secret was sealed under another master key, for another key id, or was changed. */
export function openSecret(masterKey: Buffer, keyId: string, sealed: Buffer): Buffer {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) {
    throw new AppError(`the sealed secret of ${keyId} is not in a form that this version of Wasit writes`);
  }
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(masterKey), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(keyId))
    .setAuthTag(sealed.subarray(1 + IV_BYTES, HEAD_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new AppError(`the secret of ${keyId} does not open: it was sealed under another master key`, {
      cause,
    });
  }
}

function sealingKey(masterKey: Buffer): Buffer {
  if (masterKey.length < MASTER_KEY_BYTES) {
    throw new AppError(`the master key has ${masterKey.length} bytes, ${MASTER_KEY_BYTES} are needed`);
  }
  const known = derived.get(masterKey);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit client-key secret 1', 32));
  derived.set(masterKey, key);
  return key;
}

/** By the buffer that holds the master key: files of orders open ten thousand account numbers at once. */
const derived = new WeakMap<Buffer, Buffer>();
