// Takes what banks have answered from their folders, `answers/<bank>` below the data directory. What has been read is
// moved to `read` beside it; nothing is deleted. A file still being written is left alone until it has been quiet.

import fs from 'node:fs/promises';
import path from 'node:path';
import { readBanks } from '../../billers/bank/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { StatusReader } from './order.ts';
import { realTimeMs } from './store-answer.ts';
import { takeBankAnswer } from './take-bank-answer.ts';

export interface AnswerParts {
  readonly database: Database;
  readonly reader: StatusReader;
  readonly dataDir: string;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** How long a file must not have changed before it is read. */
  readonly quietMs?: number;
}

const QUIET_MS = 5_000;
const LARGEST_BYTES = 20 * 1024 * 1024;

export async function sweepAnswers(parts: AnswerParts): Promise<void> {
  const banks = await parts.database.transaction((tx) => readBanks(tx));
  for (const { code } of banks) {
    const folder = path.join(parts.dataDir, 'answers', code);
    for (const name of await namesIn(folder)) {
      await takeFile(parts, code, path.join(folder, name)).catch((error: unknown) =>
        parts.log.error(
          { err: error, bank: code, file: name },
          'an answer of a bank was not taken; it stays',
        ),
      );
    }
  }
}

/** Plain names in order; a folder that is not there has none. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(part|tmp)$/i.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

async function takeFile(parts: AnswerParts, bank: string, file: string): Promise<void> {
  const { database, reader, log, quietMs = QUIET_MS } = parts;
  const { mtimeMs, size } = await fs.stat(file);
  const now = await database.transaction(realTimeMs);
  if (now - mtimeMs < quietMs) return;
  const name = path.basename(file);
  if (size > LARGEST_BYTES) {
    log.error({ bank, file: name, size }, 'an answer of a bank is larger than any is: set aside unread');
    return setAside(file, 'refused');
  }
  const bytes = await fs.readFile(file);
  const { known, outcome } = await takeBankAnswer(database, reader, { name, bytes, accountId: null });
  const { refused, unknown, conflicts } = outcome;
  const needsAPerson = refused !== null || unknown.length > 0 || conflicts.length > 0;
  const told = { bank, file: name, known, ...outcome };
  if (needsAPerson) log.warn(told, 'an answer of a bank needs a person');
  else log.info(told, 'an answer of a bank was taken');
  await setAside(file, refused === null ? 'read' : 'refused');
}

/** Never over another of the same name. */
async function setAside(file: string, where: string): Promise<void> {
  const folder = path.join(path.dirname(file), where);
  await fs.mkdir(folder, { recursive: true });
  const taken = new Set(await fs.readdir(folder));
  const name = path.basename(file);
  let free = name;
  for (let nth = 2; taken.has(free); nth++) free = `${name}.${nth}`;
  await fs.rename(file, path.join(folder, free));
}
