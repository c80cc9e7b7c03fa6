// SQL of webhooks: where an agency wants its events.

import type { Tx } from '../platform/db/index.ts';

export interface WebhookRow {
  biller_id: number;
  url: string;
  sealed_secret: Buffer;
  previous_secret: Buffer | null;
  previous_until: Date | null;
  events: string[] | null;
  batch: boolean;
}

export interface StandingWebhook extends WebhookRow {
  changed_at: Date;
}

export async function readWebhook(tx: Tx, billerId: number): Promise<StandingWebhook | undefined> {
  const [row] = await tx.query<StandingWebhook>('select * from webhook where biller_id = $1', [billerId]);
  return row;
}

/** Where the agency is told, if at all: its webhook, else its link. */
export async function readAddress(
  tx: Tx,
  billerId: number,
): Promise<Pick<WebhookRow, 'url' | 'events' | 'batch' | 'previous_until'> | undefined> {
  const webhook = await readWebhook(tx, billerId);
  if (webhook !== undefined) return webhook;
  const [link] = await tx.query<{ url: string }>(
    `select l.url || '/payments' as url from biller b join biller_link l using (biller_id)
      where b.biller_id = $1 and b.kind = 'linked' and l.notify`,
    [billerId],
  );
  return link && { url: link.url, events: ['payment.*'], batch: false, previous_until: null };
}

/** One change of a biller's webhook at a time, until the end of the transaction; with the time. */
export async function lockWebhook(
  tx: Tx,
  billerId: number,
): Promise<{ standing: WebhookRow | undefined; now: Date }> {
  await tx.query('select from biller where biller_id = $1 for no key update', [billerId]);
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  if (row === undefined) throw new Error('the database told no time');
  return { standing: await readWebhook(tx, billerId), now: row.now };
}

export async function writeWebhook(tx: Tx, webhook: WebhookRow): Promise<void> {
  await tx.query(
    `insert into webhook (biller_id, url, sealed_secret, previous_secret, previous_until, events, batch, changed_at)
     values ($1, $2, $3, $4, $5, $6::text[], $7, clock_timestamp())
     on conflict (biller_id) do update set url = excluded.url, sealed_secret = excluded.sealed_secret,
       previous_secret = excluded.previous_secret, previous_until = excluded.previous_until, events = excluded.events,
       batch = excluded.batch, changed_at = excluded.changed_at`,
    [
      webhook.biller_id,
      webhook.url,
      webhook.sealed_secret,
      webhook.previous_secret,
      webhook.previous_until,
      webhook.events,
      webhook.batch,
    ],
  );
}

export async function deleteWebhook(tx: Tx, billerId: number): Promise<void> {
  await tx.query('delete from webhook where biller_id = $1', [billerId]);
}

/** A first webhook is told what happens from now on; a later one goes on where the last stood. */
export async function startDelivery(tx: Tx, billerId: number): Promise<void> {
  await tx.query(
    `insert into delivery (biller_id, delivered_number)
     values ($1, coalesce((select last_number from event_feed_head where biller_id = $1), 0))
     on conflict (biller_id) do update set failures = 0, next_try_at = null`,
    [billerId],
  );
  // The first row of the progress is where it began: what is before it was told to nobody.
  await tx.query(
    `insert into delivery_progress (biller_id, delivered_number, delivered_at)
     select biller_id, delivered_number, clock_timestamp() from delivery d
      where biller_id = $1 and not exists (select from delivery_progress p where p.biller_id = $1)`,
    [billerId],
  );
}
