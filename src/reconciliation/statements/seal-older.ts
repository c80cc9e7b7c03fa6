// Seals what versions before this have kept in clear: one chunk a transaction, so that any number of workers may do it at once
// and be killed anywhere. Nothing is left to do after the first rounds of an installation that was brought up.

import { sealChunk } from './sealed-chunk.ts';
import type { KeepingParts } from './receive-file.ts';
import { lockClearChunk, putSealedChunk } from './store-chunk.ts';

/** How many were sealed. `signal`: the rest is for the next. */
export async function sealOlderChunks({
  database,
  masterKey,
  signal,
}: KeepingParts & { readonly signal?: AbortSignal | undefined }): Promise<number> {
  const sealOne = (): Promise<boolean> =>
    database.transaction(async (tx) => {
      const clear = await lockClearChunk(tx);
      if (clear === undefined) return false;
      const { file_id: fileId, chunk, bytes } = clear;
      await putSealedChunk(tx, fileId, chunk, sealChunk(masterKey, fileId, chunk, bytes));
      return true;
    });
  let count = 0;
  while (signal?.aborted !== true && (await sealOne())) count += 1;
  return count;
}
