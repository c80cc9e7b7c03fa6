// Where a biller's events go and how they are signed, as its webhook stands at this moment.

import { openSecret } from '../kernel/seal.ts';
import type { Database } from '../platform/db/index.ts';
import type { EndpointTerms } from './delivery/index.ts';
import { readWebhook, type WebhookRow } from './store-webhook.ts';

/** What a sealed secret is bound to: a row copied to another biller does not open. */
export function sealedFor(billerId: number): string {
  return `webhook/${billerId}`;
}

export async function endpointOf(
  database: Database,
  masterKey: Buffer,
  billerId: number,
): Promise<EndpointTerms | undefined> {
  const { webhook, now } = await database.transaction(async (tx) => ({
    webhook: await readWebhook(tx, billerId),
    now: (await tx.query<{ now: Date }>('select clock_timestamp() as now'))[0]?.now ?? new Date(0),
  }));
  if (webhook === undefined) return undefined;
  return {
    url: webhook.url,
    batch: webhook.batch,
    changedAt: webhook.changed_at,
    wants: wantsOf(webhook.events),
    secrets: secretsOf(webhook, masterKey, now),
  };
}

function secretsOf(webhook: WebhookRow, masterKey: Buffer, now: Date): Buffer[] {
  const { biller_id, sealed_secret, previous_secret, previous_until } = webhook;
  const open = (sealed: Buffer): Buffer => openSecret(masterKey, sealedFor(biller_id), sealed);
  const signsToo = previous_secret !== null && previous_until !== null && now < previous_until;
  return signsToo ? [open(sealed_secret), open(previous_secret)] : [open(sealed_secret)];
}

/** `payment.*` is every type that begins so; null is all. */
function wantsOf(events: readonly string[] | null): (type: string) => boolean {
  if (events === null) return () => true;
  const wanted = new Set(events);
  return (type) => wanted.has(type) || wanted.has(type.replace(/\..*$/, '.*'));
}
