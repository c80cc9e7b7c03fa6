// Debits of files that their banks have are noted as sent and told, a lot at a time: a file has up to five thousand.

import { businessNow } from '../../approvals/index.ts';
import { lookUpByKeys } from '../../platform/db/index.ts';
import { moveDebits } from '../debits/index.ts';
import { WORKER, type SendParts } from './send-parts.ts';
import { filesToTell, lockToTell } from './store-file.ts';

const LOT_DEBITS = 1_000;

/** How many were told. */
export async function tellSent({
  database,
  signal,
  at: reached,
}: Pick<SendParts, 'database' | 'signal' | 'at'>): Promise<number> {
  let told = 0;
  for (const fileId of await database.transaction((tx) => filesToTell(tx)))
    for (let lot = LOT_DEBITS; lot === LOT_DEBITS; told += lot) {
      if (signal?.aborted === true) return told;
      lot = await database.transaction(async (tx) => {
        await lookUpByKeys(tx);
        const debits = await lockToTell(tx, fileId, LOT_DEBITS);
        const at = await businessNow(tx);
        await moveDebits(
          tx,
          debits.map((debit) => ({ debit, to: 'sent' })),
          { actor: WORKER, at },
        );
        if (debits.length > 0) await reached?.('sent');
        return debits.length;
      });
    }
  return told;
}
