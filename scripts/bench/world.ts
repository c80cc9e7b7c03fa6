// The parties of a benchmark: one hot biller, or several, and one channel that serves them without fees, with a key of
// each kind. Bill number k is `B` + 9 digits; every bill is of 125.500 OMR and due in forty days.

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
  /** BILLER's own bearer key. */
  readonly agency: Key;
  /** All billers, BILLER first. */
  readonly billers: readonly BenchBiller[];
}

export interface BenchBiller {
  readonly id: number;
  readonly code: string;
  readonly agency: Key;
}

export async function makeWorld(database: Database, billers = 1): Promise<World> {
  const masterKey = randomBytes(32);
  const ids = Array.from({ length: billers }, (_, i) => BILLER.id + i);
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into biller (biller_id, code, name, currency, policy, time_zone, cut_off, weekend)
       select id, code, '{"en":"Bench"}', $3, 'at-least', 'Asia/Muscat', '23:59', '{5,6}'
         from unnest($1::int[], $2::text[]) as b(id, code)`,
      [ids, ids.map(codeOf), BILLER.currency],
    );
    await tx.query(
      `insert into channel (channel_id, code, name, kind, funding, rate_limit) values ($1, $2, '{"en":"Bank"}', 'bank', 'postpaid', 1000000)`,
      [CHANNEL.id, CHANNEL.code],
    );
    await tx.query(
      `insert into agreement (biller_id, channel_id, version, recorded_at, terms)
       select unnest($1::int[]), $2, 1, '2020-01-01', '{"route":"via-operator"}'`,
      [ids, CHANNEL.id],
    );
  });
  const channel: ClientRef = { kind: 'channel', channelId: CHANNEL.id };
  const make = (client: ClientRef, algorithm: KeyAlgorithm) => addKey(database, client, algorithm, masterKey);
  const agencies: BenchBiller[] = [];
  for (const id of ids) {
    const agency = await make({ kind: 'agency', billerId: id }, 'bearer');
    agencies.push({ id, code: codeOf(id), agency });
  }
  const [first] = agencies;
  if (first === undefined) throw new Error('a world without a biller');
  return {
    database,
    masterKey: masterKey.toString('base64'),
    bearer: await make(channel, 'bearer'),
    hmac: await make(channel, 'hmac-sha256'),
    ed25519: await make(channel, 'ed25519'),
    agency: first.agency,
    billers: agencies,
  };
}

function codeOf(billerId: number): string {
  return billerId === BILLER.id ? BILLER.code : `${BILLER.code}-${billerId}`;
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
