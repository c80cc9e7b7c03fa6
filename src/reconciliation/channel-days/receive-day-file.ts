// Takes a channel's day file into the database as it was sent. What it says is read later, by match-day.ts. The bytes of
// the latest version once more are no new version; they have an unbalanced day matched again.

import { UploadDigest, type AnnouncedDigests } from '../../channels/index.ts';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import type { LineFormat } from '../../platform/http/index.ts';
import { receiveUpload } from '../../platform/intake/index.ts';
import { headerFault } from './day-lines.ts';
import type { DayKey, FileKey } from './day.ts';
import {
  appendChunk,
  deleteSomeChunks,
  deleteUnreceived,
  findLatest,
  insertFile,
  lockDay,
  markReceived,
  readToday,
  wantAgain,
} from './store-file.ts';

export interface DayUpload extends DayKey {
  readonly format: LineFormat;
  readonly compressed: boolean;
  readonly stream: AsyncIterable<Buffer>;
  readonly announced?: AnnouncedDigests | undefined;
  /** Who of the operator brings it for the channel. */
  readonly broughtBy?: string;
}

export interface ReceivedDay {
  /** The same bytes are the latest version already. */
  readonly known: boolean;
  readonly version: number;
}

/** Refuses `malformed-request`, also for a date that has not come, and `payload-too-large`. */
export async function receiveDayFile(database: Database, upload: DayUpload): Promise<ReceivedDay | Refusal> {
  const { now, latest } = await database.transaction(readToday);
  if (upload.businessDate > latest) {
    const errors = [{ pointer: '/businessDate', detail: 'this business date has not come yet' }];
    return refuse('malformed-request', { field: 'businessDate' }, { errors });
  }
  const discard = (key: FileKey) => forgetUpload(database, key);
  return receiveUpload(
    {
      compressed: upload.compressed,
      stream: upload.stream,
      digest: new UploadDigest(upload.announced),
      headerFault: upload.format === 'csv' ? headerFault : undefined,
    },
    {
      open: () => open(database, upload, now),
      keep: (key, chunk, bytes) => database.transaction((tx) => appendChunk(tx, key, chunk, bytes)),
      finish: (key, sha256) => finish(database, key, upload, sha256),
      discard,
      fail: discard,
    },
  );
}

async function open(database: Database, upload: DayUpload, now: Date): Promise<FileKey> {
  const { channelId, businessDate, format, compressed, broughtBy = null } = upload;
  const key = { channelId, businessDate, fileId: newId(now.getTime(), 0) };
  await database.transaction((tx) => insertFile(tx, { ...key, format, compressed, broughtBy }));
  return key;
}

async function finish(
  database: Database,
  key: FileKey,
  { format, compressed }: DayUpload,
  sha256: Buffer,
): Promise<ReceivedDay | undefined> {
  const received = await database.transaction(async (tx) => {
    await lockDay(tx, key);
    const latest = await findLatest(tx, key);
    const isSame =
      latest?.sha256?.equals(sha256) === true &&
      latest.state !== 'failed' &&
      latest.format === format &&
      latest.compressed === compressed;
    if (isSame && latest.version !== null) {
      await wantAgain(tx, key);
      return { known: true, version: latest.version };
    }
    const version = await markReceived(tx, key, sha256);
    return version === undefined ? undefined : { known: false, version };
  });
  if (received?.known === true) await forgetUpload(database, key);
  return received;
}

/** Its chunks in short transactions, since there may be thousands; the row goes last. */
export async function forgetUpload(database: Database, key: FileKey): Promise<void> {
  while ((await database.transaction((tx) => deleteSomeChunks(tx, key))) > 0);
  await database.transaction((tx) => deleteUnreceived(tx, key));
}
