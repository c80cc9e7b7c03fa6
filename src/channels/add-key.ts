// A further key of a client; those it has stay, so that it can change over without a pause. What the client must
// keep is returned once and stored nowhere.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { insertKey, newKey, type KeyWish, type NewKey } from './credentials/index.ts';
import { findClient } from './find-client.ts';

/** Refuses an unknown client, and an allow list or public key that cannot be read. */
export async function addKey(
  database: Database,
  client: string,
  wish: KeyWish,
  masterKey: Buffer,
  actor: Actor,
): Promise<Outcome<NewKey>> {
  const made = newKey(wish, masterKey);
  if (!made.ok) return made;
  return database.transaction(async (tx) => {
    const found = await findClient(tx, client);
    if (!found.ok) return found;
    const { key } = made.value;
    await insertKey(tx, found.value, key);
    const { keyId, algorithm, label, allowedIps, expiresAt } = key;
    await recordAudit(tx, actor, {
      action: 'key.add',
      subject: `client/${client}`,
      after: { keyId, algorithm, label, allowedIps, expiresAt },
    });
    return { ok: true, value: made.value };
  });
}
