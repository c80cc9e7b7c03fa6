// SQL of the links to banks of payers.

import type { Tx } from '../../platform/db/index.ts';
import type { BankLink, Way } from './link.ts';

interface LinkRow {
  channel_id: number;
  code: string;
  way: Way;
  url: string | null;
  sealed_secret: Buffer | null;
  deadline_ms: number;
  bank_id: number | null;
  bank_code: string | null;
  bic: string | null;
}

/** All of them, or the one of a channel. */
export async function readBankLinks(tx: Tx, channelId: number | null = null): Promise<BankLink[]> {
  const rows = await tx.query<LinkRow>(
    `select l.*, c.code, b.code as bank_code from bank_link l join channel c using (channel_id) left join bank b using (bank_id)
      where $1::int is null or l.channel_id = $1 order by l.channel_id`,
    [channelId],
  );
  return rows.map((row) => ({
    channelId: row.channel_id,
    code: row.code,
    way: row.way,
    url: row.url,
    sealedSecret: row.sealed_secret,
    deadlineMs: row.deadline_ms,
    bankId: row.bank_id,
    bankCode: row.bank_code,
    bic: row.bic,
  }));
}

export async function findBankLink(tx: Tx, channelId: number): Promise<BankLink | undefined> {
  const [link] = await readBankLinks(tx, channelId);
  return link;
}

/** The configuration is locked. */
export async function putBankLink(tx: Tx, link: Omit<BankLink, 'code' | 'bankCode'>): Promise<void> {
  await tx.query(
    `insert into bank_link (channel_id, way, url, sealed_secret, deadline_ms, bank_id, bic) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (channel_id) do update set way = excluded.way, url = excluded.url, sealed_secret = excluded.sealed_secret,
       deadline_ms = excluded.deadline_ms, bank_id = excluded.bank_id, bic = excluded.bic`,
    [link.channelId, link.way, link.url, link.sealedSecret, link.deadlineMs, link.bankId, link.bic],
  );
}

export async function findChannel(
  tx: Tx,
  code: string,
): Promise<{ readonly channelId: number; readonly kind: string } | undefined> {
  const [row] = await tx.query<{ channelId: number; kind: string }>(
    'select channel_id as "channelId", kind from channel where code = $1',
    [code],
  );
  return row;
}
