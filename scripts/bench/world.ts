// The parties of a benchmark: one hot biller and one channel that serves it without fees, with a key of each kind.
// Bill number k is `B` + 9 digits; every bill is of 125.500 OMR and due in forty days.

import { randomBytes } from 'node:crypto';
import {
  insertKey,
  newKey,
  type ClientRef,
  type KeyAlgorithm,
} from '../../src/channels/credentials/index.ts';
import type { Database } from '../../src/platform/db/index.ts';

export const BILLER = { id: 1, code: 'bench-biller', currency: 'OMR' } as const;
export const CHANNEL = { id: 1, code: 'bench-bank' } as const;
export const AMOUNT = { value: '125.500', minor: 125_500 } as const;

export interface Key {
  readonly keyId: string;
  readonly secret: string;
}

export interface World {
  readonly database: Database;
  /** Base64, for WASIT_MASTER_KEY. */
  readonly masterKey: string;
  readonly bearer: Key;
  readonly hmac: Key;
  readonly ed25519: Key;
  /** The biller's own bearer key. */
  readonly agency: Key;
}

export async function makeWorld(database: Database): Promise<World> {
  const masterKey = randomBytes(32);
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into biller (biller_id, code, name, currency, policy, time_zone, cut_off, weekend)
       values ($1, $2, '{"en":"Bench"}', $3, 'at-least', 'Asia/Muscat', '23:59', '{5,6}')`,
      [BILLER.id, BILLER.code, BILLER.currency],
    );
    await tx.query(
      `insert into channel (channel_id, code, name, kind, funding, rate_limit) values ($1, $2, '{"en":"Bank"}', 'bank', 'postpaid', 1000000)`,
      [CHANNEL.id, CHANNEL.code],
    );
    await tx.query(
      `insert into agreement (biller_id, channel_id, version, recorded_at, terms) values ($1, $2, 1, '2020-01-01', '{"route":"via-operator"}')`,
      [BILLER.id, CHANNEL.id],
    );
  });
  const channel: ClientRef = { kind: 'channel', channelId: CHANNEL.id };
  const make = (client: ClientRef, algorithm: KeyAlgorithm) => addKey(database, client, algorithm, masterKey);
  return {
    database,
    masterKey: masterKey.toString('base64'),
    bearer: await make(channel, 'bearer'),
    hmac: await make(channel, 'hmac-sha256'),
    ed25519: await make(channel, 'ed25519'),
    agency: await make({ kind: 'agency', billerId: BILLER.id }, 'bearer'),
  };
}

async function addKey(
  database: Database,
  client: ClientRef,
  algorithm: KeyAlgorithm,
  masterKey: Buffer,
): Promise<Key> {
  const made = newKey({ algorithm }, masterKey);
  if (!made.ok) throw new Error(made.reason);
  await database.transaction((tx) => insertKey(tx, client, made.value.key));
  return { keyId: made.value.key.keyId, secret: made.value.shownOnce ?? '' };
}
