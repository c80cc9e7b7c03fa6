// Takes a file of a bank into the database, a chunk at a time and as it came, so that what it says can be read again at
// any time. The same bytes twice are one file. What it says is read later, by load-file.ts.

import { UploadDigest, type AnnouncedDigests } from '../../channels/index.ts';
import type { Refusal } from '../../kernel/errors.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { receiveUpload } from '../../platform/intake/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { OF_OPERATOR, type Bringing } from './statement-file.ts';
import { sealChunk } from './sealed-chunk.ts';
import { appendChunk } from './store-chunk.ts';
import { deleteSome, insertFile, noteReceived } from './store-file.ts';

export interface Received {
  readonly fileId: Uuid;
  /** The same bytes had come before. */
  readonly known: boolean;
}

export interface KeepingParts {
  readonly database: Database;
  /** Chunks are kept sealed with it. */
  readonly masterKey: Buffer;
}

const LONGEST_NAME = 255;

/** Nothing is kept of one that breaks off, which throws. Refuses `malformed-request` and `payload-too-large`. */
export function receiveStatementFile(
  { database, masterKey }: KeepingParts,
  bringing: Bringing,
  stream: AsyncIterable<Buffer>,
  announced?: AnnouncedDigests,
): Promise<Received | Refusal> {
  const named = { ...bringing, name: shownName(bringing.name) };
  return receiveUpload<Uuid, Received>(
    { stream, compressed: false, anyBytes: true, digest: new UploadDigest(announced) },
    {
      open: () =>
        database.transaction(async (tx) => {
          const now = await businessNow(tx);
          const fileId = newId(now.getTime(), OF_OPERATOR);
          await insertFile(tx, fileId, named, now);
          return fileId;
        }),
      keep: (fileId, chunk, bytes) => {
        const sealed = sealChunk(masterKey, fileId, chunk, bytes);
        return database.transaction((tx) => appendChunk(tx, { fileId, chunk, sealed, size: bytes.length }));
      },
      async finish(fileId, sha256) {
        const kept = await database.transaction((tx) => noteReceived(tx, fileId, sha256, named));
        if (kept === undefined) return undefined;
        if (kept !== fileId) await dropFile(database, fileId);
        return { fileId: kept, known: kept !== fileId };
      },
      discard: (fileId) => dropFile(database, fileId),
      fail: (fileId) => dropFile(database, fileId),
    },
  );
}

/** In short transactions: a file may have thousands of chunks. */
export async function dropFile(database: Database, fileId: Uuid): Promise<void> {
  while (await database.transaction((tx) => deleteSome(tx, fileId)));
}

/** Names are shown and never used as a place: no path, no control characters, and not endless. */
function shownName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  return base.replaceAll(/\p{C}/gu, '\ufffd').slice(0, LONGEST_NAME) || 'unnamed';
}
