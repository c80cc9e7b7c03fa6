// SQL of how banks' statements are read and fetched, and of the accounts that channels pay from.

import type { Tx } from '../../platform/db/index.ts';
import type { BankSettings } from './bank-settings.ts';

export async function readSettings(tx: Tx, bankId: number): Promise<BankSettings> {
  const [row] = await tx.query<{ statements: BankSettings }>(
    'select statements from bank where bank_id = $1',
    [bankId],
  );
  return row?.statements ?? {};
}

export async function writeSettings(tx: Tx, bankId: number, settings: BankSettings): Promise<void> {
  await tx.query('update bank set statements = $2 where bank_id = $1', [bankId, JSON.stringify(settings)]);
}

export async function accountsOfChannel(tx: Tx, channelId: number): Promise<string[]> {
  const rows = await tx.query<{ account: string }>(
    'select account from channel_account where channel_id = $1 order by account',
    [channelId],
  );
  return rows.map((row) => row.account);
}

/** Whose it is already; undefined: it is this channel's now. */
export async function addChannelAccount(
  tx: Tx,
  channelId: number,
  account: string,
): Promise<string | undefined> {
  await tx.query('insert into channel_account (channel_id, account) values ($1, $2) on conflict do nothing', [
    channelId,
    account,
  ]);
  const [row] = await tx.query<{ code: string; channel_id: number }>(
    'select c.code, c.channel_id from channel_account a join channel c using (channel_id) where a.account = $1',
    [account],
  );
  return row?.channel_id === channelId ? undefined : row?.code;
}

export async function removeChannelAccount(tx: Tx, channelId: number, account: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from channel_account where channel_id = $1 and account = $2 returning 1',
    [channelId, account],
  );
  return rows.length > 0;
}

export async function channelByCode(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ channel_id: number }>('select channel_id from channel where code = $1', [
    code,
  ]);
  return row?.channel_id;
}
