// The operator's own bank accounts, as far as money that is paid in has to name one.

import type { Tx } from '../platform/db/index.ts';

export async function findBankAccount(
  tx: Tx,
  code: string,
): Promise<{ accountId: number; currency: string } | undefined> {
  const [row] = await tx.query<{ account_id: number; currency: string }>(
    'select account_id, currency from bank_account where code = $1',
    [code],
  );
  return row && { accountId: row.account_id, currency: row.currency };
}
