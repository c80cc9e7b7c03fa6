// All keys of an installation, opened for use: built once per revision of the configuration, read on every request.
// A key that cannot be opened never stops the others; it is listed as unusable, for the log and an alarm.

import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { BlockList } from 'node:net';
import { readAllowList } from './allow-list.ts';
import type { ClientKey, Principal } from './client-key.ts';
import { openSecret } from '../../kernel/seal.ts';
import type { SignatureKey } from './verify-signature.ts';

export interface RingKey {
  readonly principal: Principal;
  /** undefined: from anywhere. */
  readonly allowed: BlockList | undefined;
  readonly expiresAt: Date | undefined;
  readonly revokedAt: Date | undefined;
}

export interface BearerRingKey extends RingKey {
  readonly secretHash: Buffer;
}

export interface SigningRingKey extends RingKey, SignatureKey {}

export interface KeyRing {
  /** By SHA-256 of the key, in base64. */
  readonly bearers: ReadonlyMap<string, BearerRingKey>;
  readonly signers: ReadonlyMap<string, SigningRingKey>;
  readonly unusable: readonly { readonly keyId: string; readonly reason: string }[];
}

/** Expired and revoked keys are kept, so that their bearer is told so rather than that they are unknown. */
export function buildKeyRing(keys: readonly ClientKey[], masterKey: Buffer): KeyRing {
  const bearers = new Map<string, BearerRingKey>();
  const signers = new Map<string, SigningRingKey>();
  const unusable: { keyId: string; reason: string }[] = [];
  for (const key of keys) {
    try {
      const ringKey = toRingKey(key);
      if (key.algorithm === 'bearer') {
        const secretHash = present(key.secretHash);
        bearers.set(secretHash.toString('base64'), { ...ringKey, secretHash });
      } else {
        const { keyId, algorithm } = key;
        signers.set(keyId, { ...ringKey, keyId, algorithm, key: keyObject(key, masterKey) });
      }
    } catch (cause) {
      unusable.push({ keyId: key.keyId, reason: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  return { bearers, signers, unusable };
}

function toRingKey(key: ClientKey): RingKey {
  const allowed = readAllowList(key.allowedIps);
  if (!allowed.ok) throw new Error(allowed.reason);
  const { kind, keyId, channelId, billerId, code, expiresAt, revokedAt } = key;
  const owner = channelId !== undefined ? { channelId } : billerId !== undefined ? { billerId } : {};
  return { principal: { kind, keyId, ...owner, code }, allowed: allowed.value, expiresAt, revokedAt };
}

function keyObject(key: ClientKey, masterKey: Buffer): KeyObject {
  if (key.algorithm === 'ed25519') return createPublicKey(present(key.publicKey));
  return createSecretKey(openSecret(masterKey, key.keyId, present(key.sealedSecret)));
}

function present<T>(material: T | undefined): T {
  if (material === undefined) throw new Error('the row has not what its algorithm needs');
  return material;
}
