// SQL of the accounts to which billers and their units are remitted: versions that begin and end, never change.

import type { Tx } from '../../platform/db/index.ts';
import { remittanceAccountSealId, type RemittanceAccount } from './bank.ts';

interface AccountRow {
  biller_id: number;
  unit: string;
  version: number;
  holder: string;
  bic: string | null;
  sealed_number: Buffer;
  shown_number: string;
  pays_from: number;
  recorded_at: Date;
  ended_at: Date | null;
}

/** Those that hold, the biller's own first. */
export async function readRemittanceAccounts(tx: Tx, billerId: number): Promise<RemittanceAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select * from remittance_account where biller_id = $1 and ended_at is null order by unit`,
    [billerId],
  );
  return rows.map(toAccount);
}

/** All that ever held, in order. */
export async function remittanceAccountHistory(tx: Tx, billerId: number): Promise<RemittanceAccount[]> {
  const rows = await tx.query<AccountRow>(
    `select * from remittance_account where biller_id = $1 order by unit, version`,
    [billerId],
  );
  return rows.map(toAccount);
}

/** The one that a remittance names, whether it still holds or not. */
export async function readRemittanceAccount(
  tx: Tx,
  billerId: number,
  unit: string,
  version: number,
): Promise<RemittanceAccount | undefined> {
  const [row] = await tx.query<AccountRow>(
    `select * from remittance_account where biller_id = $1 and unit = $2 and version = $3`,
    [billerId, unit, version],
  );
  return row && toAccount(row);
}

function toAccount(row: AccountRow): RemittanceAccount {
  return {
    billerId: row.biller_id,
    unit: row.unit,
    version: row.version,
    holder: row.holder,
    bic: row.bic,
    sealId: remittanceAccountSealId(row.biller_id, row.unit, row.version),
    sealedNumber: row.sealed_number,
    shownNumber: row.shown_number,
    paysFrom: row.pays_from,
    recordedAt: row.recorded_at,
    endedAt: row.ended_at,
  };
}

export async function newestVersion(tx: Tx, billerId: number, unit: string): Promise<number> {
  const [row] = await tx.query<{ version: number | null }>(
    `select max(version) as version from remittance_account where biller_id = $1 and unit = $2`,
    [billerId, unit],
  );
  return row?.version ?? 0;
}

/** The configuration is locked. The version that holds ends. */
export async function endAccount(tx: Tx, billerId: number, unit: string): Promise<void> {
  await tx.query(
    `update remittance_account set ended_at = business_now()
      where biller_id = $1 and unit = $2 and ended_at is null`,
    [billerId, unit],
  );
}

export async function insertAccount(
  tx: Tx,
  account: Omit<RemittanceAccount, 'sealId' | 'recordedAt' | 'endedAt'>,
): Promise<void> {
  const { billerId, unit, version, holder, bic, sealedNumber, shownNumber, paysFrom } = account;
  await tx.query(
    `insert into remittance_account (biller_id, unit, version, holder, bic, sealed_number, shown_number, pays_from, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, business_now())`,
    [billerId, unit, version, holder, bic, sealedNumber, shownNumber, paysFrom],
  );
}
