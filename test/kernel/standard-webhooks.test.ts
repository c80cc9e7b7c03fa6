// Signatures of webhooks against the standard's published vector and its own library, which receivers use.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import t from 'tap';
import { newWebhookSecret, readWebhookSecret, signWebhook } from '../../src/kernel/standard-webhooks.ts';

const now = () => Math.floor(Date.now() / 1000);
const secretBytes = fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => Buffer.from(bytes));

t.test('the published vector', async (t) => {
  const secret = readWebhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  if (!secret) throw new Error('the vector has a secret');
  const message = { secrets: [secret], id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1614265330 };
  const expected = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  t.same(signWebhook({ ...message, body: '{"test": 2432232314}' }), expected);
  t.same(signWebhook({ ...message, body: Buffer.from('{"test": 2432232314}') }), expected, 'bytes too');
});

t.test('the standard’s library verifies what is signed, under each secret, and no other', async () => {
  fc.assert(
    fc.property(
      fc.array(secretBytes, { minLength: 1, maxLength: 3 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.uint8Array({ minLength: 24, maxLength: 24 }),
      (secrets, text, other) => {
        const body = JSON.stringify({ text });
        const headers = { ...signWebhook({ secrets, id: 'evt_01', timestampSeconds: now(), body }) };
        for (const secret of secrets) new Webhook(`whsec_${secret.toString('base64')}`).verify(body, headers);
        return [
          () => new Webhook(other, { format: 'raw' }).verify(body, headers),
          () => new Webhook(secrets[0] ?? other, { format: 'raw' }).verify(`${body} `, headers),
          () =>
            new Webhook(secrets[0] ?? other, { format: 'raw' }).verify(body, {
              ...headers,
              'webhook-id': 'evt_02',
            }),
        ].every(refuses);
      },
    ),
    { numRuns: 50 },
  );
});

t.test('bodies are signed byte for byte, also those that are no text', async (t) => {
  const secret = Buffer.alloc(32, 7);
  const body = Buffer.from([0xff, 0x00, 0xfe]);
  const signed = signWebhook({ secrets: [secret], id: 'evt_1', timestampSeconds: 5, body });
  const hmac = createHmac('sha256', secret).update(Buffer.concat([Buffer.from('evt_1.5.'), body]));
  t.equal(signed['webhook-signature'], `v1,${hmac.digest('base64')}`);
});

t.test('what would say something else than meant is not signed', async (t) => {
  const good = { secrets: [Buffer.alloc(32)], id: 'evt_1', timestampSeconds: 1, body: '' };
  t.throws(() => signWebhook({ ...good, secrets: [] }), TypeError);
  for (const id of ['', 'evt.1', 'evt 1', 'evt\n1', 'é'])
    t.throws(() => signWebhook({ ...good, id }), TypeError, JSON.stringify(id));
  for (const timestampSeconds of [1.5, -1, NaN, Infinity])
    t.throws(() => signWebhook({ ...good, timestampSeconds }), TypeError, String(timestampSeconds));
});

t.test('secrets', async (t) => {
  const made = newWebhookSecret();
  t.match(made, /^whsec_[A-Za-z0-9+/]{43}=$/);
  t.not(newWebhookSecret(), made);
  t.equal(readWebhookSecret(made)?.length, 32);
  fc.assert(
    fc.property(secretBytes, (bytes) =>
      readWebhookSecret(`whsec_${bytes.toString('base64')}`)?.equals(bytes),
    ),
  );
  const of = (length: number) => Buffer.alloc(length, 1).toString('base64');
  const refused = {
    'without prefix': of(32),
    'other prefix': `whpk_${of(32)}`,
    'capital prefix': `WHSEC_${of(32)}`,
    'too short': `whsec_${of(23)}`,
    'too long': `whsec_${of(65)}`,
    'without padding': `whsec_${of(32).replace('=', '')}`,
    'url alphabet': `whsec_${Buffer.alloc(32, 0xff).toString('base64url')}=`,
    'a blank': `whsec_ ${of(32)}`,
    'a line break': `whsec_${of(32)}\n`,
    'bits left over': `whsec_${of(32).replace(/.=$/, 'F=')}`,
    empty: 'whsec_',
  };
  for (const [what, text] of Object.entries(refused)) t.equal(readWebhookSecret(text), undefined, what);
});

function refuses(verify: () => unknown): boolean {
  try {
    verify();
    return false;
  } catch {
    return true;
  }
}
