// Takes what banks have answered from their folders, `answers/<bank>` below the data directory; who answers there speaks
// of the orders of that bank alone. What has been read is moved to `read` beside it; nothing is deleted. A file still
// being written is left alone until it has been quiet.

import path from 'node:path';
import { readBanks, type Bank } from '../billers/bank/index.ts';
import type { Database } from '../platform/db/index.ts';
import { takeDropped, type Aside, type TakenFile } from '../platform/files/index.ts';
import type { Log } from '../platform/log.ts';
import type { OrderKinds } from './order-kind.ts';
import { LARGEST_ANSWER_BYTES, type StatusReader } from './order-status.ts';
import { realTimeMs } from './store-time.ts';
import { takeBankAnswer } from './take-bank-answer.ts';

export interface AnswerParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly reader: StatusReader;
  readonly kinds: OrderKinds;
  readonly dataDir: string;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** How long a file must not have changed before it is read. */
  readonly quietMs?: number;
}

export async function sweepAnswers(parts: AnswerParts): Promise<void> {
  const { database, dataDir, log, quietMs } = parts;
  const banks = await database.transaction((tx) => readBanks(tx));
  for (const bank of banks) {
    const facts = { bank: bank.code };
    const folder = path.join(dataDir, 'answers', bank.code);
    const nowMs = (): Promise<number> => database.transaction(realTimeMs);
    const round = { folder, what: 'an answer of a bank', facts, log, nowMs, quietMs };
    await takeDropped(round, (file) => takeFile(parts, bank, file)).catch((error: unknown) =>
      log.error({ err: error, ...facts }, 'the folder of a bank was not looked through; it is tried again'),
    );
  }
}

async function takeFile(
  parts: AnswerParts,
  { bankId, code: bank }: Bank,
  { name, size, bytes }: TakenFile,
): Promise<Aside> {
  const { log } = parts;
  if (size > LARGEST_ANSWER_BYTES) {
    log.error({ bank, file: name, size }, 'an answer of a bank is larger than any is: set aside unread');
    return 'refused';
  }
  const pieces: Buffer[] = [];
  for await (const piece of bytes()) pieces.push(piece);
  const answer = { name, bytes: Buffer.concat(pieces), accountId: null, bankId };
  const { known, outcome } = await takeBankAnswer(parts, answer);
  const { refused, unknown, conflicts } = outcome;
  const needsAPerson = refused !== null || unknown.length > 0 || conflicts.length > 0;
  const told = { bank, file: name, known, ...outcome };
  if (needsAPerson) log.warn(told, 'an answer of a bank needs a person');
  else log.info(told, 'an answer of a bank was taken');
  return refused === null ? 'read' : 'refused';
}
