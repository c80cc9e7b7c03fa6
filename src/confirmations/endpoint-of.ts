// Where a biller's events go and how they are signed, as its webhook stands at this moment.

import { openSecret } from '../kernel/seal.ts';
import type { Database } from '../platform/db/index.ts';
import type { EndpointTerms } from './delivery/index.ts';
import { readWebhook, type StandingWebhook } from './store-webhook.ts';

/** What a sealed secret is bound to: a row copied to another biller does not open. */
export function sealedFor(billerId: number): string {
  return `webhook/${billerId}`;
}

export async function endpointOf(
  database: Database,
  masterKey: Buffer,
  billerId: number,
): Promise<EndpointTerms | undefined> {
  const webhook = await database.transaction((tx) => readWebhook(tx, billerId));
  if (webhook === undefined) return undefined;
  return {
    url: webhook.url,
    batch: webhook.batch,
    changedAt: webhook.changed_at,
    wants: wantsOf(webhook.events),
    secrets: secretsOf(webhook, masterKey),
  };
}

/** The one that stands, and those before it whose day is not over. */
function secretsOf(webhook: StandingWebhook, masterKey: Buffer): Buffer[] {
  return [webhook, ...webhook.old_secrets].map(({ sealed_secret }) =>
    openSecret(masterKey, sealedFor(webhook.biller_id), sealed_secret),
  );
}

/** `payment.*` is every type that begins so; null is all. */
function wantsOf(events: readonly string[] | null): (type: string) => boolean {
  if (events === null) return () => true;
  const wanted = new Set(events);
  return (type) => wanted.has(type) || wanted.has(type.replace(/\..*$/, '.*'));
}
