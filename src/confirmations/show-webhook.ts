// Where an agency is told, its webhook or its link, and how its deliveries are doing.

import { refuse, type Refusal } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import type { WebhookAnswer } from './schema.ts';
import { readStanding } from './store-standing.ts';
import { readAddress } from './store-told.ts';
import { readOldSecrets } from './store-webhook.ts';

/** Refuses `webhook-not-found`. */
export async function showWebhook(database: Database, billerId: number): Promise<WebhookAnswer | Refusal> {
  const { webhook, replaced, standing } = await database.nodeOf(billerId).transaction(async (tx) => ({
    webhook: await readAddress(tx, billerId),
    replaced: (await readOldSecrets(tx, billerId))[0],
    standing: await readStanding(tx, billerId),
  }));
  if (webhook === undefined) return refuse('webhook-not-found');
  const { url, events, batch } = webhook;
  return {
    url,
    events,
    batch,
    ...(replaced !== undefined && { previousSecretUntil: replaced.signs_until.toISOString() }),
    delivery: {
      waiting: Number(standing.waiting),
      aside: standing.aside,
      parked: standing.parked,
      failingSince: standing.failing_since?.toISOString() ?? null,
      lastFailure: standing.last_failure,
      nextTryAt: standing.next_try_at?.toISOString() ?? null,
    },
  };
}
