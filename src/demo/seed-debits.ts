// What the demo's agencies have agreed about debits, so that mandates of their payers collect at once. Repeatable: terms that
// stand are left alone.

import { readBankAccounts } from '../billers/bank/index.ts';
import { Directory } from '../channels/index.ts';
import { putDebitTerms, readDebitTerms } from '../mandates/debits/index.ts';
import type { Database } from '../platform/db/index.ts';
import { DEMO_BILLERS } from './billers.ts';

/** Days after a debit that failed. */
const RETRY_DAYS = [3, 7];

/** An agency is left out whose currency the operator has no account in: somebody has changed that. */
export async function seedDebits(database: Database): Promise<void> {
  const { billersByCode } = (await Directory.open(database)).current;
  for (const { code } of DEMO_BILLERS) {
    const biller = billersByCode.get(code);
    if (biller === undefined) continue;
    const { billerId, currency } = biller;
    await database.transaction(async (tx) => {
      if ((await readDebitTerms(tx, billerId)) !== undefined) return;
      const account = (await readBankAccounts(tx)).find((each) => each.currency === currency);
      if (account === undefined) return;
      const { accountId } = account;
      const how = {
        overCeiling: 'split',
        method: 'account',
        paidAt: 'settled',
        retryDays: RETRY_DAYS,
      } as const;
      await putDebitTerms(tx, { billerId, accountId, schemeId: null, ...how });
    });
  }
}
