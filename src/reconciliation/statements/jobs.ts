// What the worker does about statements, again and again: takes what banks have put, reads what waits, places its lines,
// watches what has to be credited to billers. Rows remember; whoever is killed is followed by the next round.

import type { Database } from '../../platform/db/index.ts';
import { fetchDropped, pickUp, type FetchParts } from './fetch-files.ts';
import { IDLE_SECONDS, loadStatementFile } from './load-file.ts';
import { lookAgain } from './look-again.ts';
import { placeStatements } from './place-lines.ts';
import type { Placing } from './placing.ts';
import { dropFile } from './receive-file.ts';
import { sealOlderChunks } from './seal-older.ts';
import { brokenUploads, waitingFiles } from './store-file.ts';
import { watchDirect } from './watch-direct.ts';

export interface StatementJobParts extends FetchParts, Placing {
  readonly billerIds: () => Iterable<number>;
}

const IDLE_UPLOAD_SECONDS = 600;

/** Once; call it every few seconds, in any number of processes. */
export async function sweepStatements(parts: StatementJobParts): Promise<void> {
  const { database, log, signal } = parts;
  const work: readonly [string, () => Promise<void>][] = [
    ['giving up broken uploads', () => giveUp(database)],
    ['taking statements from folders', () => fetchDropped(parts)],
    ['reading statements', () => readWaiting(parts)],
    ['sealing statements that were kept in clear', async () => void (await sealOlderChunks(parts))],
    ['looking again at what was paid before it was ordered', () => lookAgain(database)],
    ['placing lines of statements', () => placeStatements(parts)],
    ['watching direct credits', () => watchDirect(database, parts.billerIds())],
  ];
  for (const [what, part] of work) {
    if (signal?.aborted) return;
    await part().catch((error: unknown) => log.error({ err: error }, `${what} failed; it is done again`));
  }
}

/** Once; every few minutes, for a bank's server is asked each time. */
export function sweepPickUps(parts: StatementJobParts): Promise<void> {
  return pickUp(parts);
}

async function giveUp(database: Database): Promise<void> {
  for (const fileId of await database.transaction((tx) => brokenUploads(tx, IDLE_UPLOAD_SECONDS)))
    await dropFile(database, fileId);
}

async function readWaiting(parts: StatementJobParts): Promise<void> {
  const { database, log, idleSeconds = IDLE_SECONDS } = parts;
  for (const fileId of await database.transaction((tx) => waitingFiles(tx, idleSeconds)))
    await loadStatementFile(parts, fileId).catch((error: unknown) =>
      log.error({ err: error, fileId }, 'a file of statements was not read; it is tried again'),
    );
}
