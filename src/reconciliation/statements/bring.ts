// What whoever brings a file says of it, by names: an account of ours that it must be about, a bank that wrote it.

import { readBank, readBankAccount } from '../../billers/bank/index.ts';
import type { Outcome } from '../../access/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bringing, FileSource } from './statement-file.ts';

export interface Said {
  readonly name: string;
  readonly account?: string | undefined;
  readonly bank?: string | undefined;
}

/** Refuses names that are unknown, and an account of another bank. */
export function bringingOf(database: Database, source: FileSource, said: Said): Promise<Outcome<Bringing>> {
  return database.transaction(async (tx) => {
    const { name, account: accountCode, bank: bankCode } = said;
    const account = accountCode === undefined ? undefined : await readBankAccount(tx, accountCode);
    if (accountCode !== undefined && account === undefined)
      return { ok: false, reason: `there is no account ${accountCode} of ours` };
    const bank = bankCode === undefined ? undefined : await readBank(tx, bankCode);
    if (bankCode !== undefined && bank === undefined)
      return { ok: false, reason: `there is no bank ${bankCode}` };
    if (account !== undefined && bank !== undefined && account.bankId !== bank.bankId)
      return { ok: false, reason: `the account ${account.code} is kept by the bank ${account.bankCode}` };
    const bankId = bank?.bankId ?? account?.bankId ?? null;
    return { ok: true, value: { name, source, bankId, accountId: account?.accountId ?? null } };
  });
}
