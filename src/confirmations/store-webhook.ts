// SQL of webhooks: where an agency wants its events, and the secrets that sign.

import { plainArray, type Tx } from '../platform/db/index.ts';

export interface WebhookRow {
  biller_id: number;
  url: string;
  sealed_secret: Buffer;
  events: string[] | null;
  batch: boolean;
}

/** A secret that was replaced, and signs beside the one that stands for a while. */
export interface OldSecret {
  sealed_secret: Buffer;
  signs_until: Date;
}

export interface StandingWebhook extends WebhookRow {
  changed_at: Date;
  /** Those that sign still, the latest first. */
  old_secrets: OldSecret[];
}

export async function readWebhook(tx: Tx, billerId: number): Promise<StandingWebhook | undefined> {
  const [row] = await tx.query<Omit<StandingWebhook, 'old_secrets'>>(
    'select * from webhook where biller_id = $1',
    [billerId],
  );
  if (row === undefined) return undefined;
  return { ...row, old_secrets: await readOldSecrets(tx, billerId) };
}

export function readOldSecrets(tx: Tx, billerId: number): Promise<OldSecret[]> {
  return tx.query<OldSecret>(
    `select sealed_secret, signs_until from webhook_old_secret
      where biller_id = $1 and signs_until > clock_timestamp() order by signs_until desc`,
    [billerId],
  );
}

/** One change of a biller's webhook at a time, until the end of the transaction; with the time. */
export async function lockWebhook(
  tx: Tx,
  billerId: number,
): Promise<{ standing: StandingWebhook | undefined; now: Date }> {
  await tx.query('select from biller where biller_id = $1 for no key update', [billerId]);
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  if (row === undefined) throw new Error('the database told no time');
  return { standing: await readWebhook(tx, billerId), now: row.now };
}

/** `oldSecrets`: all that sign beside the one that stands; others are forgotten. */
export async function writeWebhook(
  tx: Tx,
  webhook: WebhookRow,
  oldSecrets: readonly OldSecret[],
): Promise<void> {
  await tx.query(
    `insert into webhook (biller_id, url, sealed_secret, events, batch, changed_at)
     values ($1, $2, $3, $4::text[], $5, clock_timestamp())
     on conflict (biller_id) do update set url = excluded.url, sealed_secret = excluded.sealed_secret,
       events = excluded.events, batch = excluded.batch, changed_at = excluded.changed_at`,
    [webhook.biller_id, webhook.url, webhook.sealed_secret, webhook.events, webhook.batch],
  );
  await tx.query('delete from webhook_old_secret where biller_id = $1', [webhook.biller_id]);
  await tx.query(
    `insert into webhook_old_secret (biller_id, sealed_secret, signs_until)
     select $1, decode(old.secret, 'hex'), old.signs_until from unnest($2::text[], $3::timestamptz[]) as old(secret, signs_until)`,
    [
      webhook.biller_id,
      plainArray(oldSecrets, (old) => old.sealed_secret.toString('hex')),
      oldSecrets.map((old) => old.signs_until),
    ],
  );
}

export async function deleteWebhook(tx: Tx, billerId: number): Promise<void> {
  await tx.query('delete from webhook where biller_id = $1', [billerId]);
}
