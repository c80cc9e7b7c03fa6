// Files of statements as they are kept: each chunk sealed with the installation's master key and bound to its file and place, for
// they name the accounts of payers.

import type { Uuid } from '../../kernel/ids.ts';
import { openSecret, sealSecret } from '../../kernel/seal.ts';

/** One of them is null: `bytes` are in clear, as versions before have written them. */
export interface KeptChunk {
  readonly bytes: Buffer | null;
  readonly sealed_bytes: Buffer | null;
}

export function sealChunk(masterKey: Buffer, fileId: Uuid, chunk: number, bytes: Buffer): Buffer {
  return sealSecret(masterKey, sealId(fileId, chunk), bytes);
}

/** Throws an AppError when it was sealed under another master key, for another place, or changed. */
export function openChunk(masterKey: Buffer, fileId: Uuid, chunk: number, kept: KeptChunk): Buffer {
  if (kept.sealed_bytes !== null) return openSecret(masterKey, sealId(fileId, chunk), kept.sealed_bytes);
  if (kept.bytes === null) throw new Error(`nothing is kept of ${sealId(fileId, chunk)}`);
  return kept.bytes;
}

const sealId = (fileId: Uuid, chunk: number): string => `statement-file ${fileId} ${chunk}`;
