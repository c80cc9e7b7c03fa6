// SQL of the operator's banks and of its own accounts.

import type { Tx } from '../../platform/db/index.ts';
import { plainArray } from '../../platform/db/index.ts';
import type { Names } from '../biller.ts';
import { bankAccountSealId, type Bank, type BankAccount } from './bank.ts';
import type { BankSettings, Handover } from './bank-settings.ts';

interface BankRow {
  bank_id: number;
  code: string;
  name: Names;
  bic: string | null;
  time_zone: string;
  cut_off: string;
  lead_days: number;
  weekend: number[];
  handover: Handover;
  sealed_secret: Buffer | null;
  holidays: string[] | null;
}

/** All of them, or the one of a code or number; in the order in which they were added. */
export async function readBanks(tx: Tx, which: string | number | null = null): Promise<Bank[]> {
  const rows = await tx.query<BankRow>(
    `select b.*, (select array_agg(h.on_date::text) from bank_holiday h
                   where h.bank_id = b.bank_id and h.state <> 'struck') as holidays
       from bank b where ($1::text is null or b.code = $1) and ($2::int is null or b.bank_id = $2) order by b.bank_id`,
    oneOf(which),
  );
  return rows.map((row) => ({
    bankId: row.bank_id,
    code: row.code,
    name: row.name,
    bic: row.bic,
    calendar: {
      timeZone: row.time_zone,
      cutOff: row.cut_off,
      weekend: row.weekend,
      holidays: new Set(row.holidays ?? []),
    },
    leadDays: row.lead_days,
    handover: row.handover,
    sealedSecret: row.sealed_secret,
  }));
}

/** By its code or number. */
export async function readBank(tx: Tx, which: string | number): Promise<Bank | undefined> {
  const [bank] = await readBanks(tx, which);
  return bank;
}

export interface StoredBank {
  readonly settings: BankSettings;
  readonly sealedSecret: Buffer | null;
}

/** The configuration is locked: the next number is free. */
export async function insertBank(tx: Tx, code: string, bank: StoredBank): Promise<void> {
  await tx.query(
    `insert into bank (bank_id, code, name, bic, time_zone, cut_off, lead_days, weekend, handover, sealed_secret)
     select coalesce(max(bank_id), 0) + 1, $1, $2::jsonb, $3::text, $4::text, $5::text, $6::smallint, $7::smallint[],
            $8::jsonb, $9::bytea from bank`,
    [code, ...valuesOf(bank)],
  );
}

export async function updateBank(tx: Tx, bankId: number, bank: StoredBank): Promise<void> {
  await tx.query(
    `update bank set (name, bic, time_zone, cut_off, lead_days, weekend, handover, sealed_secret)
       = ($2::jsonb, $3::text, $4::text, $5::text, $6::smallint, $7::smallint[], $8::jsonb, $9::bytea)
      where bank_id = $1`,
    [bankId, ...valuesOf(bank)],
  );
}

function valuesOf({ settings, sealedSecret }: StoredBank): unknown[] {
  const { name, bic, timeZone, cutOff, leadDays, weekend, handover } = settings;
  return [
    JSON.stringify(name),
    bic,
    timeZone,
    cutOff,
    leadDays,
    plainArray(weekend),
    JSON.stringify(handover),
    sealedSecret,
  ];
}

interface AccountRow {
  account_id: number;
  code: string;
  bank_id: number;
  bank_code: string;
  currency: string;
  holder: string;
  sealed_number: Buffer;
  shown_number: string;
}

/** All of the operator's accounts, or the one of a code or number. */
export async function readBankAccounts(tx: Tx, which: string | number | null = null): Promise<BankAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select a.*, b.code as bank_code from bank_account a join bank b using (bank_id)
      where ($1::text is null or a.code = $1) and ($2::int is null or a.account_id = $2) order by a.account_id`,
    oneOf(which),
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    code: row.code,
    bankId: row.bank_id,
    bankCode: row.bank_code,
    currency: row.currency,
    holder: row.holder,
    sealId: bankAccountSealId(row.code),
    sealedNumber: row.sealed_number,
    shownNumber: row.shown_number,
  }));
}

/** By its code or number. */
export async function readBankAccount(tx: Tx, which: string | number): Promise<BankAccount | undefined> {
  const [account] = await readBankAccounts(tx, which);
  return account;
}

/** The configuration is locked: the next number is free. */
export async function insertBankAccount(
  tx: Tx,
  account: Omit<BankAccount, 'accountId' | 'bankCode' | 'sealId'>,
): Promise<void> {
  const { code, bankId, currency, holder, sealedNumber, shownNumber } = account;
  await tx.query(
    `insert into bank_account (account_id, code, bank_id, currency, holder, sealed_number, shown_number)
     select coalesce(max(account_id), 0) + 1, $1, $2::smallint, $3::text, $4::text, $5::bytea, $6::text from bank_account`,
    [code, bankId, currency, holder, sealedNumber, shownNumber],
  );
}

function oneOf(which: string | number | null): [code: string | null, id: number | null] {
  return typeof which === 'number' ? [null, which] : [which, null];
}
