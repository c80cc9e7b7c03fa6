// Keys from their making to the identified caller, through the real database: every kind of client and of key,
// every reason for which a key is turned away, and what the database must never hold.

import { createHash, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import t from 'tap';
import { isAllowed, readAllowList } from '../../src/channels/credentials/allow-list.ts';
import {
  buildKeyRing,
  createIdentifier,
  insertKey,
  listKeys,
  loadKeys,
  newKey,
  revokeKey,
  signRequest,
  splitTarget,
  type ClientRef,
  type HttpRequest,
  type Identifier,
  type KeyWish,
  type NewKey,
  type SigningKey,
} from '../../src/channels/credentials/index.ts';
import { openSecret, sealSecret } from '../../src/kernel/seal.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';

const MASTER = randomBytes(32);
const NOW = new Date('2026-11-22T10:00:00Z');
const HOME = '192.0.2.10';
const channel: ClientRef = { kind: 'channel', channelId: 7 };
const agency: ClientRef = { kind: 'agency', billerId: 3 };
const operator: ClientRef = { kind: 'operator' };

async function withParties(t: Parameters<typeof testDatabase>[0]): Promise<Database> {
  const { db } = await testDatabase(t);
  await db.transaction(async (tx) => {
    await tx.query(`insert into biller (biller_id, code, name, currency, policy, time_zone, cut_off, weekend)
      values (3, 'om-social', '{}', 'OMR', 'at-least', 'Asia/Muscat', '16:00', '{5,6}')`);
    await tx.query(`insert into channel (channel_id, code, name, kind, funding)
      values (7, 'bank-one', '{}', 'bank', 'postpaid')`);
  });
  return db;
}

function made(wish: KeyWish): NewKey {
  const result = newKey(wish, MASTER);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

async function added(db: Database, client: ClientRef, wish: KeyWish): Promise<NewKey> {
  const key = made(wish);
  await db.transaction((tx) => insertKey(tx, client, key.key));
  return key;
}

async function identifier(db: Database, now = NOW, masterKey = MASTER): Promise<Identifier> {
  const ring = buildKeyRing(await db.transaction(loadKeys), masterKey);
  return createIdentifier({ keys: () => ring, clock: { now: () => now } });
}

function request(headers: Record<string, string>): HttpRequest {
  return { method: 'GET', authority: 'pay.example', ...splitTarget('/v1/position'), headers };
}

function signed(keyId: string, key: SigningKey): HttpRequest {
  const created = NOW.getTime() / 1000;
  const { headers } = signRequest({
    method: 'GET',
    url: 'https://pay.example/v1/position',
    keyId,
    created,
    ...key,
  });
  return request(headers);
}

function bearer(key: NewKey): HttpRequest {
  return request({ authorization: `Bearer ${key.shownOnce}` });
}

t.test('each kind of client is identified by each kind of key', async (t) => {
  const db = await withParties(t);
  const token = await added(db, channel, { algorithm: 'bearer' });
  const secret = await added(db, agency, { algorithm: 'hmac-sha256' });
  const pair = await added(db, operator, { algorithm: 'ed25519' });
  const who = await identifier(db);

  t.match(token.shownOnce, /^wsk_[A-Za-z0-9_-]{43}$/);
  t.same(who.identify(bearer(token), HOME), {
    ok: true,
    principal: { kind: 'channel', keyId: token.key.keyId, channelId: 7, code: 'bank-one' },
  });
  const hmac: SigningKey = { algorithm: 'hmac-sha256', secret: secret.shownOnce ?? '' };
  t.equal(Buffer.from(secret.shownOnce ?? '', 'base64').length, 32);
  t.same(who.identify(signed(secret.key.keyId, hmac), HOME), {
    ok: true,
    principal: { kind: 'agency', keyId: secret.key.keyId, billerId: 3, code: 'om-social' },
  });
  const ed: SigningKey = { algorithm: 'ed25519', privateKey: pair.shownOnce ?? '' };
  t.same(who.identify(signed(pair.key.keyId, ed), HOME), {
    ok: true,
    principal: { kind: 'operator', keyId: pair.key.keyId, code: 'operator' },
  });
  t.match(who.identify(signed(secret.key.keyId, ed), HOME), {
    ok: false,
    code: 'unauthenticated',
    reason: /hmac-sha256 signature sig1 does not match/,
    signatureBase: /^"@method": GET\n/,
  });
});

t.test('the database holds nothing that lets its reader call', async (t) => {
  const db = await withParties(t);
  const token = await added(db, channel, { algorithm: 'bearer' });
  const secret = await added(db, channel, { algorithm: 'hmac-sha256' });
  const pair = await added(db, channel, { algorithm: 'ed25519' });
  const rows = await db.transaction(loadKeys);
  const kept = (key: NewKey) => rows.find(({ keyId }) => keyId === key.key.keyId);
  t.same(
    kept(token)?.secretHash,
    createHash('sha256')
      .update(token.shownOnce ?? '')
      .digest(),
  );
  t.notOk(kept(secret)?.sealedSecret?.includes(Buffer.from(secret.shownOnce ?? '', 'base64')));
  t.match(kept(pair)?.publicKey, /^-----BEGIN PUBLIC KEY-----/);
  const listed = await db.transaction((tx) => listKeys(tx, channel));
  t.equal(listed.length, 3);
  t.notMatch(JSON.stringify(listed), /secret|sealed|publicKey/i);
});

t.test('a key that is expired, revoked or elsewhere is turned away', async (t) => {
  const db = await withParties(t);
  const token = await added(db, channel, {
    algorithm: 'bearer',
    label: 'branch servers',
    allowedIps: ['192.0.2.0/28', '2001:db8::/32'],
    expiresAt: new Date('2026-11-22T11:00:00Z'),
  });
  const other = await added(db, channel, { algorithm: 'bearer' });
  const who = await identifier(db);
  t.match(who.identify(bearer(token), HOME), { ok: true });
  t.match(who.identify(bearer(token), `::ffff:${HOME}`), { ok: true });
  t.match(who.identify(bearer(token), '2001:db8::17'), { ok: true });
  for (const ip of ['192.0.2.16', '::ffff:192.0.2.16', '2001:db9::1', '', 'unknown']) {
    t.match(
      who.identify(bearer(token), ip),
      { ok: false, code: 'forbidden', reason: /may not be used from/ },
      ip,
    );
  }
  t.match((await identifier(db, new Date('2026-11-22T10:59:59.999Z'))).identify(bearer(token), HOME), {
    ok: true,
  });
  t.match((await identifier(db, new Date('2026-11-22T11:00:00Z'))).identify(bearer(token), HOME), {
    code: 'unauthenticated',
    reason: /expired at 2026-11-22T11:00:00.000Z/,
  });

  const first = await db.transaction((tx) => revokeKey(tx, token.key.keyId));
  t.ok(first instanceof Date);
  t.same(await db.transaction((tx) => revokeKey(tx, token.key.keyId)), first, 'the first revocation counts');
  t.equal(await db.transaction((tx) => revokeKey(tx, 'key_none')), undefined);
  const after = await identifier(db);
  t.match(after.identify(bearer(token), HOME), { code: 'unauthenticated', reason: /was revoked at/ });
  t.match(after.identify(bearer(other), HOME), { ok: true }, 'its neighbour goes on');
  const [, revoked] = await db.transaction((tx) => listKeys(tx, channel));
  t.match(revoked, { keyId: token.key.keyId, label: 'branch servers', code: 'bank-one', revokedAt: first });
  t.same(await db.transaction((tx) => listKeys(tx, agency)), []);
});

t.test('headers that name nobody', async (t) => {
  const db = await withParties(t);
  const token = await added(db, channel, { algorithm: 'bearer' });
  const who = await identifier(db);
  const reason = (headers: Record<string, string>) => {
    const found = who.identify(request(headers), HOME);
    return found.ok ? 'accepted' : `${found.code}: ${found.reason}`;
  };
  t.match(reason({}), /^unauthenticated: say who you are/);
  t.match(reason({ authorization: `wsk_${'a'.repeat(43)}` }), /must read "Bearer wsk_"/);
  t.match(reason({ authorization: 'Basic YTpi' }), /must read "Bearer wsk_"/);
  t.match(reason({ authorization: `Bearer ${token.shownOnce}x` }), /must read "Bearer wsk_"/);
  t.match(reason({ authorization: `Bearer ${token.shownOnce?.slice(0, -2)}__` }), /not known here/);
  t.equal(reason({ authorization: `bearer  ${token.shownOnce}` }), 'accepted', 'the scheme has no case');
  t.match(reason({ authorization: `Bearer ${token.shownOnce}`, signature: 'sig1=:AAAA:' }), /not both/);
  t.match(reason({ signature: 'sig1=:AAAA:' }), /Signature-Input is missing/);
  t.match(reason({ 'signature-input': 'sig1=()' }), /Signature is missing/);
});

t.test('another master key makes HMAC keys unusable, and only them', async (t) => {
  const db = await withParties(t);
  const token = await added(db, channel, { algorithm: 'bearer' });
  const secret = await added(db, channel, { algorithm: 'hmac-sha256' });
  const ring = buildKeyRing(await db.transaction(loadKeys), randomBytes(32));
  t.match(ring.unusable, [{ keyId: secret.key.keyId, reason: /sealed under another master key/ }]);
  const who = createIdentifier({ keys: () => ring, clock: { now: () => NOW } });
  t.match(who.identify(bearer(token), HOME), { ok: true });
});

t.test('a client brings its own Ed25519 public key', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  for (const text of [pem, raw, ` ${raw}\n`]) {
    const { key, shownOnce } = made({ algorithm: 'ed25519', publicKey: text });
    t.equal(key.publicKey, pem);
    t.equal(shownOnce, undefined, 'there is nothing to show');
  }
  const refused = (wish: KeyWish) => {
    const result = newKey(wish, MASTER);
    return result.ok ? 'made' : result.reason;
  };
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  t.match(refused({ algorithm: 'ed25519', publicKey: privatePem }), /keep it to yourself/);
  t.match(refused({ algorithm: 'ed25519', publicKey: 'nonsense' }), /must be PEM, or 32 bytes in base64/);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const rsaPem = rsa.export({ type: 'spki', format: 'pem' }).toString();
  t.match(refused({ algorithm: 'ed25519', publicKey: rsaPem }), /of the kind rsa/);
  t.match(refused({ algorithm: 'bearer', publicKey: pem }), /belongs to ed25519/);
  t.match(refused({ algorithm: 'bearer', allowedIps: ['10.0.0.0/33'] }), /"10.0.0.0\/33" is no IPv4/);
  const pair = made({ algorithm: 'ed25519' });
  t.equal(createPrivateKey(pair.shownOnce ?? '').asymmetricKeyType, 'ed25519');
});

t.test('a sealed secret opens for its own key alone, and unchanged', async (t) => {
  const secret = randomBytes(32);
  const sealed = sealSecret(MASTER, 'key_a', secret);
  t.same(openSecret(MASTER, 'key_a', sealed), secret);
  t.notSame(sealSecret(MASTER, 'key_a', secret), sealed, 'a nonce of its own each time');
  t.throws(() => openSecret(MASTER, 'key_b', sealed), /another master key/);
  t.throws(() => openSecret(randomBytes(32), 'key_a', sealed), /another master key/);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    t.throws(() => openSecret(MASTER, 'key_a', changed));
  }
  t.throws(() => openSecret(MASTER, 'key_a', sealed.subarray(0, 28)), /not in a form/);
  t.throws(() => sealSecret(randomBytes(16), 'key_a', secret), /16 bytes, 32 are needed/);
});

t.test('allow lists: addresses and blocks of both families', async (t) => {
  const read = (entries: string[]) => {
    const list = readAllowList(entries);
    if (!list.ok) return list.reason;
    const { value } = list;
    return value === undefined ? undefined : (ip: string) => isAllowed(value, ip);
  };
  t.equal(read([]), undefined);
  const allows = read(['198.51.100.7', '10.0.0.0/8', '2001:db8:1::/48', 'fe80::1', '203.0.113.0/32']);
  if (typeof allows !== 'function') return t.fail(String(allows));
  for (const ip of [
    '198.51.100.7',
    '::FFFF:198.51.100.7',
    '10.255.0.1',
    '2001:DB8:1::9',
    'fe80::1%eth0',
    '203.0.113.0',
  ]) {
    t.ok(allows(ip), ip);
  }
  for (const ip of ['198.51.100.8', '11.0.0.1', '2001:db8:2::9', '203.0.113.1', '::1', 'x', '010.0.0.1']) {
    t.notOk(allows(ip), ip);
  }
  const everyone = read(['0.0.0.0/0']);
  if (typeof everyone !== 'function') return t.fail(String(everyone));
  t.ok(everyone('8.8.8.8'));
  t.notOk(everyone('2001:db8::1'), 'a block of IPv4 says nothing about IPv6');
  for (const entry of [
    '',
    'host.example',
    '10.0.0.0/',
    '10.0.0.0/033',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '2001:db8::/129',
  ]) {
    t.match(read([entry]), /is no IPv4 or IPv6 address/, entry);
  }
  t.match(read(['::ffff:10.0.0.1']), /is no IPv4/, 'written as IPv4 it is meant for both sockets');
});
