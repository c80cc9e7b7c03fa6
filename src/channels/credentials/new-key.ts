// Makes a key for a client. What the client must keep is shown once and never again: of a bearer key the database
// gets the SHA-256, of an HMAC secret the sealed form, of an Ed25519 pair the public half.

import { createPublicKey, generateKeyPairSync, hash, randomBytes, type KeyObject } from 'node:crypto';
import { readAllowList } from './allow-list.ts';
import type { KeyAlgorithm, KeyMaterial } from './client-key.ts';
import { sealSecret } from '../../kernel/seal.ts';
import type { Parsed } from './signature-input.ts';

export interface KeyWish {
  readonly algorithm: KeyAlgorithm;
  readonly label?: string;
  readonly allowedIps?: readonly string[];
  readonly expiresAt?: Date;
  /** The client's own Ed25519 public key: PEM, or its 32 bytes in base64. A pair is made when it is left out. */
  readonly publicKey?: string;
}

/** Ready for insertKey. */
export interface MadeKey extends KeyMaterial, Omit<KeyWish, 'publicKey'> {
  readonly keyId: string;
}

export interface NewKey {
  readonly key: MadeKey;
  /** The bearer key, the HMAC secret in base64, or the private key in PEM; undefined for a client's own key. */
  readonly shownOnce?: string;
}

/** Refuses an allow list or a public key that cannot be read. */
export function newKey(wish: KeyWish, masterKey: Buffer): Parsed<NewKey> {
  const { publicKey, ...rest } = wish;
  const allowed = readAllowList(wish.allowedIps ?? []);
  if (!allowed.ok) return allowed;
  if (publicKey !== undefined && wish.algorithm !== 'ed25519') {
    return { ok: false, reason: `a public key belongs to ed25519, not to ${wish.algorithm}` };
  }
  const base = { ...rest, keyId: `key_${randomBytes(12).toString('hex')}` };
  switch (wish.algorithm) {
    case 'bearer': {
      const shownOnce = `wsk_${randomBytes(32).toString('base64url')}`;
      return { ok: true, value: { key: { ...base, secretHash: hashBearer(shownOnce) }, shownOnce } };
    }
    case 'hmac-sha256': {
      const secret = randomBytes(32);
      const sealedSecret = sealSecret(masterKey, base.keyId, secret);
      return { ok: true, value: { key: { ...base, sealedSecret }, shownOnce: secret.toString('base64') } };
    }
    case 'ed25519': {
      if (publicKey === undefined) {
        const pair = generateKeyPairSync('ed25519');
        const shownOnce = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
        return { ok: true, value: { key: { ...base, publicKey: pemOf(pair.publicKey) }, shownOnce } };
      }
      const own = readPublicKey(publicKey);
      return own.ok ? { ok: true, value: { key: { ...base, publicKey: pemOf(own.value) } } } : own;
    }
  }
}

/** What the database keeps of a bearer key. It is random, so a plain hash is enough: there is nothing to guess. */
export function hashBearer(key: string): Buffer {
  return Buffer.from(hash('sha256', key, 'base64'), 'base64');
}

function readPublicKey(text: string): Parsed<KeyObject> {
  if (text.includes('PRIVATE KEY')) {
    return {
      ok: false,
      reason: 'this is a private key: keep it to yourself, and give the public key that belongs to it',
    };
  }
  const raw = Buffer.from(text.trim(), 'base64');
  try {
    const key =
      raw.length === 32 && /^[A-Za-z0-9+/_=-]+$/.test(text.trim())
        ? createPublicKey({
            format: 'jwk',
            key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
          })
        : createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return { ok: true, value: key };
    return { ok: false, reason: `the public key is of the kind ${key.asymmetricKeyType}, not ed25519` };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, reason: `the public key must be PEM, or 32 bytes in base64 (${why})` };
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
