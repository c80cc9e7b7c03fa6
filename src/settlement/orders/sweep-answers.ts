// Takes what banks have answered from their folders, `answers/<bank>` below the data directory; who answers there speaks
// of the orders of that bank alone. What has been read is moved to `read` beside it; nothing is deleted. A file still
// being written is left alone until it has been quiet.

import fs from 'node:fs/promises';
import path from 'node:path';
import { readBanks, type Bank } from '../../billers/bank/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { LARGEST_ANSWER_BYTES, type StatusReader } from './order.ts';
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

/** A file of a folder. Names of others need not be UTF-8: `at` is the place in bytes, `name` how it is shown. */
interface Found {
  readonly folder: string;
  readonly name: string;
  readonly at: Buffer;
}

export async function sweepAnswers(parts: AnswerParts): Promise<void> {
  const banks = await parts.database.transaction((tx) => readBanks(tx));
  for (const bank of banks) {
    for (const file of await filesIn(path.join(parts.dataDir, 'answers', bank.code))) {
      await takeFile(parts, bank, file).catch((error: unknown) =>
        parts.log.error(
          { err: error, bank: bank.code, file: file.name },
          'an answer of a bank was not taken; it stays',
        ),
      );
    }
  }
}

/** Plain files in the order of their names; a folder that is not there has none. */
async function filesIn(folder: string): Promise<Found[]> {
  const reading = fs.readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const entries = await reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({
      folder,
      name: name.toString(),
      at: Buffer.concat([Buffer.from(folder + path.sep), name]),
    }))
    .filter(({ name }) => !name.startsWith('.') && !/\.(part|tmp)$/i.test(name))
    .sort((one, other) => Buffer.compare(one.at, other.at));
}

async function takeFile(parts: AnswerParts, { bankId, code: bank }: Bank, file: Found): Promise<void> {
  const { database, reader, log, quietMs = QUIET_MS } = parts;
  const { name, at } = file;
  const { mtimeMs, size } = await fs.stat(at);
  const now = await database.transaction(realTimeMs);
  if (now - mtimeMs < quietMs) return;
  if (size > LARGEST_ANSWER_BYTES) {
    log.error({ bank, file: name, size }, 'an answer of a bank is larger than any is: set aside unread');
    return setAside(file, 'refused');
  }
  const bytes = await fs.readFile(at);
  const answer = { name, bytes, accountId: null, bankId };
  const { known, outcome } = await takeBankAnswer(database, reader, answer);
  const { refused, unknown, conflicts } = outcome;
  const needsAPerson = refused !== null || unknown.length > 0 || conflicts.length > 0;
  const told = { bank, file: name, known, ...outcome };
  if (needsAPerson) log.warn(told, 'an answer of a bank needs a person');
  else log.info(told, 'an answer of a bank was taken');
  await setAside(file, refused === null ? 'read' : 'refused');
}

/** Never over another of the same name. */
async function setAside({ folder, name, at }: Found, where: string): Promise<void> {
  const aside = path.join(folder, where);
  await fs.mkdir(aside, { recursive: true });
  const taken = new Set(await fs.readdir(aside));
  let free = name;
  for (let nth = 2; taken.has(free); nth++) free = `${name}.${nth}`;
  await fs.rename(at, path.join(aside, free));
}
