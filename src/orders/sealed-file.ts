// Files to and from banks as they are kept: sealed with the installation's master key, each bound to its own id, for they
// name the accounts of payers. What has to be known of them without a key, by the books and when the same answer comes
// twice, stands beside them as digests that tell no number.

import { createHmac, hash, hkdfSync } from 'node:crypto';
import type { Uuid } from '../kernel/ids.ts';
import { openSecret, sealSecret } from '../kernel/seal.ts';

/** One of them is null: `bytes` are in clear, as versions before have written them. */
export interface KeptBytes {
  readonly bytes: Buffer | null;
  readonly sealed_bytes: Buffer | null;
}

export interface SealedOrder {
  readonly sealed: Buffer;
  /** Of `sealed`. */
  readonly sha256: Buffer;
  readonly idsSha256: Buffer;
}

export function sealOrder(masterKey: Buffer, fileId: Uuid, bytes: Buffer): SealedOrder {
  const sealed = sealSecret(masterKey, orderSealId(fileId), bytes);
  return { sealed, sha256: hash('sha256', sealed, 'buffer'), idsSha256: digestOfIds(bytes) };
}

/** Throws an AppError when it was sealed under another master key, for another file, or changed. */
export function openOrder(masterKey: Buffer, fileId: Uuid, kept: KeptBytes): Buffer {
  return open(masterKey, orderSealId(fileId), kept);
}

export interface SealedAnswer {
  readonly sealed: Buffer;
  readonly digest: Buffer;
}

export function sealAnswer(masterKey: Buffer, answerId: Uuid, bytes: Buffer): SealedAnswer {
  return {
    sealed: sealSecret(masterKey, answerSealId(answerId), bytes),
    digest: answerDigest(masterKey, bytes),
  };
}

export function openAnswer(masterKey: Buffer, answerId: Uuid, kept: KeptBytes): Buffer {
  return open(masterKey, answerSealId(answerId), kept);
}

/** The same bytes, the same digest, which nobody makes without the key. */
export function answerDigest(masterKey: Buffer, bytes: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit bank answer 1', 32));
  return createHmac('sha256', key).update(bytes).digest();
}

function open(masterKey: Buffer, sealId: string, { bytes, sealed_bytes: sealed }: KeptBytes): Buffer {
  if (sealed !== null) return openSecret(masterKey, sealId, sealed);
  if (bytes === null) throw new Error(`nothing is kept of ${sealId}`);
  return bytes;
}

const orderSealId = (fileId: Uuid): string => `order-file ${fileId}`;
const answerSealId = (answerId: Uuid): string => `bank-answer ${answerId}`;

function digestOfIds(bytes: Buffer): Buffer {
  const ids = Array.from(
    bytes.toString('latin1').matchAll(/<EndToEndId>([^<]*)<\/EndToEndId>/g),
    ([, id]) => id,
  );
  return hash('sha256', ids.sort().join('\n'), 'buffer');
}
