// A day file from start to end in one call: received, matched, shown. For the command line; over HTTP the halves are apart.

import { setTimeout as pause } from 'node:timers/promises';
import { recordAudit, type Actor } from '../../access/index.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Database } from '../../platform/db/index.ts';
import { matchDay } from './match-day.ts';
import { receiveDayFile, type DayUpload } from './receive-day-file.ts';
import { findLatest } from './store-file.ts';

export interface DayImport extends Omit<DayUpload, 'broughtBy'> {
  readonly channelCode: string;
}

const POLL_MS = 200;

/** Refuses what receive-day-file.ts refuses. A file that fails is told by the day's state. */
export async function importDayFile(
  database: Database,
  upload: DayImport,
  actor: Actor,
): Promise<{ readonly version: number; readonly known: boolean } | Refusal> {
  const received = await receiveDayFile(database, { ...upload, broughtBy: actor.name });
  if ('code' in received) return received;
  const { channelCode, businessDate } = upload;
  const subject = `reconciliation/${channelCode}/${businessDate}`;
  const after = { version: received.version, known: received.known };
  await database.transaction((tx) =>
    recordAudit(tx, actor, { action: 'reconciliation.import', subject, after }),
  );
  await matchDay(database, upload);
  // Another worker may have it: the one of the gateway takes up what it finds waiting.
  while ((await database.transaction((tx) => findLatest(tx, upload)))?.state === 'loading')
    await pause(POLL_MS);
  return received;
}
