// The keys of clients in the database. Rows are never deleted: a revoked key must be recognised as such, and the
// audit log names keys by their id. Expiry is judged by the gateway's clock, not by the books' (identify.ts).

import type { Tx } from '../../platform/db/index.ts';
import type { ClientKey, ClientRef, KeyAlgorithm, KeySummary } from './client-key.ts';
import type { MadeKey } from './new-key.ts';

interface SummaryRow {
  key_id: string;
  client_kind: ClientRef['kind'];
  biller_id: number | null;
  channel_id: number | null;
  code: string;
  algorithm: KeyAlgorithm;
  label: string;
  allowed_ips: string[];
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

interface KeyRow extends SummaryRow {
  secret_hash: Buffer | null;
  sealed_secret: Buffer | null;
  public_key: string | null;
}

const SUMMARY = `k.key_id, k.client_kind, k.biller_id, k.channel_id,
  coalesce(c.code, b.code, 'operator') as code,
  k.algorithm, k.label, k.allowed_ips, k.created_at, k.expires_at, k.revoked_at`;
const FROM = `client_key k left join channel c using (channel_id) left join biller b on b.biller_id = k.biller_id`;

/** Every key, also expired and revoked ones: what buildKeyRing takes. */
export async function loadKeys(tx: Tx): Promise<ClientKey[]> {
  const rows = await tx.query<KeyRow>(
    `select ${SUMMARY}, k.secret_hash, k.sealed_secret, k.public_key from ${FROM} order by k.key_id`,
  );
  return rows.map((row) => ({
    ...toSummary(row),
    ...(row.secret_hash && { secretHash: row.secret_hash }),
    ...(row.sealed_secret && { sealedSecret: row.sealed_secret }),
    ...(row.public_key !== null && { publicKey: row.public_key }),
  }));
}

export async function insertKey(tx: Tx, client: ClientRef, key: MadeKey): Promise<void> {
  await tx.query(
    `insert into client_key (key_id, client_kind, channel_id, biller_id, algorithm, secret_hash, sealed_secret,
                             public_key, label, allowed_ips, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      key.keyId,
      client.kind,
      client.kind === 'channel' ? client.channelId : null,
      client.kind === 'agency' ? client.billerId : null,
      key.algorithm,
      key.secretHash ?? null,
      key.sealedSecret ?? null,
      key.publicKey ?? null,
      key.label ?? '',
      key.allowedIps ?? [],
      key.expiresAt ?? null,
    ],
  );
}

/** Since when the key is revoked: the first revocation counts. undefined: there is no such key. */
export async function revokeKey(tx: Tx, keyId: string): Promise<Date | undefined> {
  const [row] = await tx.query<{ revoked_at: Date }>(
    `update client_key set revoked_at = coalesce(revoked_at, clock_timestamp()) where key_id = $1 returning revoked_at`,
    [keyId],
  );
  return row?.revoked_at;
}

/** A client's keys, or everybody's, the newest first, without what they are checked with. */
export async function listKeys(tx: Tx, client?: ClientRef): Promise<KeySummary[]> {
  const rows = await tx.query<SummaryRow>(
    `select ${SUMMARY} from ${FROM}
      where $1::text is null
         or k.client_kind = $1 and k.channel_id is not distinct from $2 and k.biller_id is not distinct from $3
      order by k.created_at desc, k.key_id`,
    [
      client?.kind ?? null,
      client?.kind === 'channel' ? client.channelId : null,
      client?.kind === 'agency' ? client.billerId : null,
    ],
  );
  return rows.map(toSummary);
}

function toSummary(row: SummaryRow): KeySummary {
  return {
    keyId: row.key_id,
    kind: row.client_kind,
    ...(row.channel_id !== null && { channelId: row.channel_id }),
    ...(row.biller_id !== null && { billerId: row.biller_id }),
    code: row.code,
    algorithm: row.algorithm,
    label: row.label,
    allowedIps: row.allowed_ips,
    createdAt: row.created_at,
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(row.revoked_at && { revokedAt: row.revoked_at }),
  };
}
