// Quotes: what was signed comes back whole, and nothing else does.

import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { openQuote, signQuote, type Quote } from '../../src/bills/index.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const quote: Quote = {
  billerId: 3,
  channelId: 12,
  billNumber: 'INV-2026/000123',
  revision: 2,
  dueMinor: 125_500n,
  penaltyMinor: 5_500n,
  paidOn: '2026-11-22',
  quotedAt: 1_795_000_000_123,
  validUntil: 1_795_000_900_123,
};

const quotes = fc.record({
  billerId: fc.integer({ min: 1, max: 65_535 }),
  channelId: fc.integer({ min: 1, max: 99_999 }),
  billNumber: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }),
  revision: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  dueMinor: fc.option(fc.bigInt(0n, 10n ** 18n)),
  penaltyMinor: fc.bigInt(0n, 10n ** 18n),
  paidOn: fc.constantFrom('0001-01-01', '2026-02-28', '9999-12-31'),
  quotedAt: fc.integer({ min: 0, max: 2 ** 47 }),
  validUntil: fc.integer({ min: 0, max: 2 ** 47 }),
});

t.test('what is signed comes back', async (t) => {
  fc.assert(fc.property(quotes, (given) => void t.same(openQuote(key, signQuote(key, given)), given)));
  t.same(openQuote(key, signQuote(Buffer.alloc(32, 7), quote)), quote, 'a key as bytes is the same key');
});

t.test('tokens are short and safe in addresses', async (t) => {
  const longest = signQuote(key, { ...quote, billNumber: 'x'.repeat(64) });
  t.equal(longest.length, 171);
  t.match(longest, /^[A-Za-z0-9_-]+$/);
  t.ok(
    signQuote(key, { ...quote, billNumber: 'ع'.repeat(64) }).length <= 256,
    'Arabic letters, two bytes each',
  );
});

t.test('every change of every character is refused', async (t) => {
  // Lengths of 0, 1 and 2 over a multiple of three: the last character has no, four or two spare bits.
  for (const billNumber of ['INV-1', 'INV-12', 'INV-123']) {
    const token = signQuote(key, { ...quote, billNumber });
    const accepted: string[] = [];
    for (let at = 0; at < token.length; at++) {
      for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n') {
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        if (other !== token[at] && openQuote(key, changed) !== undefined) accepted.push(changed);
      }
    }
    t.same(accepted, []);
  }
});

t.test('every flipped bit, every cut and every addition is refused', async (t) => {
  const bytes = Buffer.from(signQuote(key, quote), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (openQuote(key, changed.toString('base64url'))) t.fail(`bit ${bit}`);
  }
  const token = bytes.toString('base64url');
  for (let length = 0; length < token.length; length++) {
    if (openQuote(key, token.slice(0, length))) t.fail(`cut to ${length}`);
  }
  for (const changed of [`${token}A`, `${token}=`, `${token}\n`, ` ${token}`, `A${token}`, token + token]) {
    t.equal(openQuote(key, changed), undefined);
  }
  t.equal(openQuote(createSecretKey(randomBytes(32)), token), undefined, 'another key');
});

t.test('garbage is refused without an exception', async (t) => {
  const refused = (text: string): boolean => openQuote(key, text) === undefined;
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), refused));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
      refused(Buffer.from(bytes).toString('base64url')),
    ),
  );
  t.ok(refused('A'.repeat(10_000_000)));
});
