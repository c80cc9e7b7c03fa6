// Takes what banks have put for us: from `statements/<bank>` below the data directory, moved aside once it is kept; and
// from their folders at SFTP, where nothing is touched and what has been fetched is remembered.

import path from 'node:path';
import { readBanks, type Bank } from '../../billers/bank/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { takeDropped, type Aside, type TakenFile } from '../../platform/files/index.ts';
import { pickUpAll, realTimeMs } from '../../orders/index.ts';
import { loadStatementFile, type LoadParts } from './load-file.ts';
import { receiveStatementFile } from './receive-file.ts';
import type { FileSource } from './statement-file.ts';
import { readSettings } from './store-settings.ts';

export interface FetchParts extends LoadParts {
  readonly dataDir: string;
  /** How long a file must not have changed before it is taken. */
  readonly quietMs?: number;
}

/** Every bank's drop folder. A file that cannot be taken is told and tried again. */
export async function fetchDropped(parts: FetchParts): Promise<void> {
  const { database, dataDir, log, quietMs } = parts;
  for (const bank of await database.transaction((tx) => readBanks(tx))) {
    const facts = { bank: bank.code };
    const folder = path.join(dataDir, 'statements', bank.code);
    const nowMs = (): Promise<number> => database.transaction(realTimeMs);
    const round = { folder, what: 'a statement', facts, log, nowMs, quietMs };
    await takeDropped(round, (file) => takeStatement(parts, bank, file)).catch((error: unknown) =>
      log.error({ err: error, ...facts }, 'the folder of a bank was not looked through; it is tried again'),
    );
  }
}

async function takeStatement(parts: FetchParts, bank: Bank, { name, bytes }: TakenFile): Promise<Aside> {
  const fileId = await take(parts, bank, 'folder', name, bytes());
  const outcome = fileId === undefined ? 'refused' : await loadStatementFile(parts, fileId);
  return outcome === 'refused' ? 'refused' : 'read';
}

/** Every bank whose settings name a folder at SFTP. One that is still being written is refused: its sums do not hold. */
export function pickUp(parts: FetchParts): Promise<void> {
  return pickUpAll(parts, {
    what: 'statement',
    pickupOf: async (tx, bankId) => (await readSettings(tx, bankId)).pickup,
    take: async (bank, { name }, bytes) => (await take(parts, bank, 'sftp', name, bytes)) ?? null,
  });
}

/** Its id once its bytes are kept; undefined: it was too large. */
async function take(
  parts: FetchParts,
  { bankId, code: bank }: Bank,
  source: FileSource,
  name: string,
  bytes: AsyncIterable<Buffer>,
): Promise<Uuid | undefined> {
  const received = await receiveStatementFile(parts, { name, source, bankId, accountId: null }, bytes);
  const { log } = parts;
  if ('code' in received) {
    log.error({ bank, file: name, refused: received.code }, 'a statement of a bank was not taken');
    return undefined;
  }
  const { fileId, known } = received;
  log.info({ bank, file: name, fileId: showId('sfl', fileId), known }, 'a statement of a bank was taken');
  return fileId;
}
