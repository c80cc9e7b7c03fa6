// Seals what versions before this have kept in clear: one file a transaction, so that any number of workers may do it at
// once and be killed anywhere. Nothing is left to do after the first round of an installation that was brought up.

import type { Database } from '../platform/db/index.ts';
import { sealAnswer, sealOrder } from './sealed-file.ts';
import { lockClearAnswer, lockClearOrder, putSealedAnswer, putSealedOrder } from './store-sealing.ts';

interface SealingParts {
  readonly database: Database;
  readonly masterKey: Buffer;
}

/** How many were sealed. */
export async function sealOlder({ database, masterKey }: SealingParts): Promise<number> {
  const sealOne = (): Promise<boolean> =>
    database.transaction(async (tx) => {
      const order = await lockClearOrder(tx);
      if (order !== undefined)
        await putSealedOrder(tx, order.file_id, sealOrder(masterKey, order.file_id, order.bytes));
      const answer = order === undefined ? await lockClearAnswer(tx) : undefined;
      if (answer !== undefined)
        await putSealedAnswer(tx, answer.answer_id, sealAnswer(masterKey, answer.answer_id, answer.bytes));
      return order !== undefined || answer !== undefined;
    });
  let count = 0;
  while (await sealOne()) count += 1;
  return count;
}
