// An account of the operator's: what remittances go out from and channels pay into. It never changes, for the ledger
// keeps a balance of it under its number; another number is another account.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { readAccountNumber } from '../../kernel/bank-account-number.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import { sealSecret } from '../../kernel/seal.ts';
import type { Database } from '../../platform/db/index.ts';
import { lockConfiguration } from '../store-change.ts';
import { holderFault } from './account-holder.ts';
import { bankAccountSealId, type BankAccount } from './bank.ts';
import { CODE, codeFault } from './put-bank.ts';
import { insertBankAccount, readBank, readBankAccount } from './store-bank.ts';

export interface BankAccountWish {
  readonly bankCode: string;
  readonly currency: string;
  readonly holder: string;
  /** IBAN, or the country's own number. */
  readonly number: string;
}

/** Refuses a code that is taken or badly formed, an unknown bank or currency, and a number that cannot be. */
export function addBankAccount(
  database: Database,
  code: string,
  wish: BankAccountWish,
  masterKey: Buffer,
  actor: Actor,
): Promise<Outcome<ShownBankAccount>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const { bankCode, currency, holder } = wish;
    const read = readAccountNumber(wish.number);
    const fault = faultOf(code, wish) ?? ('fault' in read ? read.fault : undefined);
    if (fault !== undefined || 'fault' in read) return { ok: false, reason: fault ?? '' };
    const bank = await readBank(tx, bankCode);
    if (bank === undefined) return { ok: false, reason: `there is no bank ${bankCode}` };
    if ((await readBankAccount(tx, code)) !== undefined)
      return { ok: false, reason: `there is an account ${code} already` };
    const sealedNumber = sealSecret(masterKey, bankAccountSealId(code), Buffer.from(read.number));
    const shownNumber = maskAccountNumber(read.number);
    await insertBankAccount(tx, { code, bankId: bank.bankId, currency, holder, sealedNumber, shownNumber });
    const account = await readBankAccount(tx, code);
    if (account === undefined) throw new Error(`account ${code} was not written`);
    const after = shownBankAccount(account);
    await recordAudit(tx, actor, { action: 'bank-account.add', subject: `bank-account/${code}`, after });
    return { ok: true, value: after };
  });
}

function faultOf(code: string, { currency, holder }: BankAccountWish): string | undefined {
  if (!CODE.test(code)) return codeFault(code);
  if (exponentOf(currency) === undefined) return `currency ${currency} is not in ISO 4217`;
  return holderFault(holder);
}

/** What is shown and logged of an account of the operator's. */
export interface ShownBankAccount {
  readonly accountId: number;
  readonly code: string;
  readonly bank: string;
  readonly currency: string;
  readonly holder: string;
  /** Masked. */
  readonly number: string;
}

export function shownBankAccount(account: BankAccount): ShownBankAccount {
  const { accountId, code, bankCode, currency, holder, shownNumber } = account;
  return { accountId, code, bank: bankCode, currency, holder, number: shownNumber };
}
