// Banks and accounts as the operator sees them: numbers masked, secrets never.

import type { Database, Tx } from '../../platform/db/index.ts';
import type { BillerCalendar, Holiday } from '../../calendar/index.ts';
import { findBillerId } from '../store-change.ts';
import { holidaysOf } from '../store-holiday.ts';
import { shownBankAccount, type ShownBankAccount } from './add-bank-account.ts';
import { shownBank, type ShownBank } from './put-bank.ts';
import { shownAccounts, type ShownAccount } from './set-remittance-account.ts';
import { remittanceAccountHistory } from './store-account.ts';
import { readBank, readBankAccount, readBankAccounts, readBanks } from './store-bank.ts';

export interface WholeBank extends ShownBank {
  readonly accounts: readonly ShownBankAccount[];
  /** Struck ones too. */
  readonly holidays: readonly Holiday[];
}

/** undefined: there is no such bank. */
export function showBank(database: Database, code: string): Promise<WholeBank | undefined> {
  return database.transaction(async (tx) => {
    const bank = await readBank(tx, code);
    if (bank === undefined) return undefined;
    const accounts = (await readBankAccounts(tx)).filter(({ bankId }) => bankId === bank.bankId);
    const holidays = await holidaysOf(tx, 'bank', bank.bankId);
    return { ...shownBank(bank), accounts: accounts.map(shownBankAccount), holidays };
  });
}

export function listBanks(database: Database): Promise<ShownBank[]> {
  return database.transaction(async (tx) => (await readBanks(tx)).map(shownBank));
}

/** The operator's accounts: the one of a code, or all of them. */
export function showBankAccounts(database: Database, code?: string): Promise<ShownBankAccount[]> {
  return database.transaction(async (tx) => {
    const found = code === undefined ? await readBankAccounts(tx) : [await readBankAccount(tx, code)];
    return found.filter((account) => account !== undefined).map(shownBankAccount);
  });
}

/** Every version, the ended ones too; undefined: there is no such biller. */
export function showRemittanceAccounts(
  database: Database,
  billerCode: string,
): Promise<ShownAccount[] | undefined> {
  return database.transaction(async (tx) => {
    const billerId = await findBillerId(tx, billerCode);
    if (billerId === undefined) return undefined;
    return shownAccounts(tx, await remittanceAccountHistory(tx, billerId));
  });
}

/** The working days and the cut-off of a bank by its code or number. Throws for a bank that is not there. */
export async function bankCalendar(tx: Tx, which: string | number): Promise<BillerCalendar> {
  const bank = await readBank(tx, which);
  if (bank === undefined) throw new Error(`bank ${which} is not there`);
  return bank.calendar;
}
