// An agency that wants no webhook any more: nothing is sent from now on, the feed goes on. What was delivered stays
// noted, so that a webhook set again goes on behind it: no payment goes unconfirmed because an address was changed by
// removing the old one first. Its secrets are forgotten, the old ones too.

import { recordAudit, type Actor } from '../access/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import { deleteWebhook, lockWebhook } from './store-webhook.ts';

/** Refuses `webhook-not-found`. */
export async function removeWebhook(
  database: Database,
  billerId: number,
  actor: Actor,
): Promise<{ removed: true } | Refusal> {
  return database.nodeOf(billerId).transaction(async (tx) => {
    const { standing } = await lockWebhook(tx, billerId);
    if (standing === undefined) return refuse('webhook-not-found');
    await deleteWebhook(tx, billerId);
    const { url, events, batch } = standing;
    await recordAudit(tx, actor, {
      action: 'webhook.remove',
      subject: `biller/${billerId}`,
      before: { url, events, batch },
    });
    return { removed: true };
  });
}
