// Takes what banks have answered from their folders, `answers/<bank>` below the data directory; who answers there speaks
// of the orders of that bank alone. What has been read is moved to `read` beside it; nothing is deleted. A file still
// being written is left alone until it has been quiet.

import path from 'node:path';
import { readBanks } from '../billers/bank/index.ts';
import { takeDropped, type Aside, type TakenFile } from '../platform/files/index.ts';
import { realTimeMs } from './store-time.ts';
import { takeFromBank, type TakingParts } from './take-from-bank.ts';

interface AnswerParts extends TakingParts {
  readonly dataDir: string;
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
    const take = async (file: TakenFile): Promise<Aside> => {
      const taken = await takeFromBank(parts, bank, file);
      return taken === undefined || taken.outcome.refused !== null ? 'refused' : 'read';
    };
    await takeDropped(round, take).catch((error: unknown) =>
      log.error({ err: error, ...facts }, 'the folder of a bank was not looked through; it is tried again'),
    );
  }
}
