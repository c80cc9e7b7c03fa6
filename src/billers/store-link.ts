// SQL of the link of a biller. Its trigger moves the configuration's revision, so that gateways follow at once.

import type { Tx } from '../platform/db/index.ts';
import type { LinkSettings } from './link-settings.ts';

export interface StoredLink {
  readonly settings: LinkSettings;
  readonly sealedSecret: Buffer;
}

export async function findLink(tx: Tx, billerId: number): Promise<StoredLink | undefined> {
  const [row] = await tx.query<{ settings: LinkSettings; sealed_secret: Buffer }>(
    `select sealed_secret, json_build_object('url', url, 'deadlineMs', deadline_ms, 'freshForSeconds', fresh_for_seconds,
              'whenDown', when_down, 'notify', notify) as settings
       from biller_link where biller_id = $1`,
    [billerId],
  );
  return row && { settings: row.settings, sealedSecret: row.sealed_secret };
}

/** The configuration is locked. The biller is linked from now on. */
export async function putLink(
  tx: Tx,
  billerId: number,
  { settings, sealedSecret }: StoredLink,
): Promise<void> {
  const { url, deadlineMs, freshForSeconds, whenDown, notify } = settings;
  await tx.query(
    `insert into biller_link (biller_id, url, sealed_secret, deadline_ms, fresh_for_seconds, when_down, notify)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (biller_id) do update set url = excluded.url, sealed_secret = excluded.sealed_secret,
       deadline_ms = excluded.deadline_ms, fresh_for_seconds = excluded.fresh_for_seconds,
       when_down = excluded.when_down, notify = excluded.notify`,
    [billerId, url, sealedSecret, deadlineMs, freshForSeconds, whenDown, notify],
  );
  await tx.query(`update biller set kind = 'linked' where biller_id = $1`, [billerId]);
}
