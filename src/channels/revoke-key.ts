// From the commit on, and for ever, the key is nobody's. Repeatable: the first revocation counts.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { listKeys, revokeKey as markRevoked, type KeySummary } from './credentials/index.ts';
import { findClient } from './find-client.ts';

export function revokeKey(database: Database, keyId: string, actor: Actor): Promise<Outcome<Date>> {
  return database.transaction(async (tx) => {
    const revokedAt = await markRevoked(tx, keyId);
    if (revokedAt === undefined) return { ok: false, reason: `there is no key ${keyId}` };
    await recordAudit(tx, actor, { action: 'key.revoke', subject: `key/${keyId}`, after: { revokedAt } });
    return { ok: true, value: revokedAt };
  });
}

/** `client` undefined: the keys of all. */
export function listKeysOf(database: Database, client: string | undefined): Promise<Outcome<KeySummary[]>> {
  return database.transaction(async (tx) => {
    if (client === undefined) return { ok: true, value: await listKeys(tx) };
    const found = await findClient(tx, client);
    return found.ok ? { ok: true, value: await listKeys(tx, found.value) } : found;
  });
}
