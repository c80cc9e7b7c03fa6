// Why debits fail: which reasons forbid another try, and that a payer can read each of them in his language.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { reasonOf, wordsFor, type Cause } from '../../../src/mandates/debits/index.ts';
import { causes, codesOf } from '../../../src/mandates/debits/reasons.ts';

t.test('the codes of banks, and whether the same debit may be tried again', async (t) => {
  const table: [said: string, cause: Cause, mayRetry: boolean][] = [
    ['AM04', 'insufficient-funds', true],
    ['AG07', 'unsaid', true],
    ['MS03', 'unsaid', true],
    ['DT01', 'wrong-date', true],
    ['SL13', 'too-often', true],
    ['ED05', 'bank-unavailable', true],
    ['AC01', 'wrong-account', false],
    ['AC04', 'account-closed', false],
    ['AC06', 'account-blocked', false],
    ['AC13', 'account-not-for-debits', false],
    ['AG01', 'account-not-for-debits', false],
    ['AG02', 'order-at-fault', false],
    ['AM02', 'amount-too-large', false],
    ['AM05', 'already-debited', false],
    ['BE05', 'payer-refused', false],
    ['MD01', 'no-mandate', false],
    ['MD02', 'mandate-incomplete', false],
    ['MD06', 'payer-took-back', false],
    ['MD07', 'holder-gone', false],
    ['MD20', 'mandate-expired', false],
    ['MS02', 'payer-refused', false],
    ['RC01', 'wrong-bank', false],
    ['RR01', 'wrong-account', false],
    ['RR02', 'wrong-holder', false],
    ['RR03', 'order-at-fault', false],
    ['RR04', 'bank-stopped', false],
    ['SL01', 'bank-stopped', false],
    ['SL12', 'payer-refused', false],
    ['SL14', 'amount-too-large', false],
    ['NARR', 'other', false],
  ];
  for (const [said, cause, mayRetry] of table)
    t.same(reasonOf([said]), { code: said, cause, mayRetry }, said);
});

t.test('as banks say it, and what they do not say', async (t) => {
  const table: [said: (string | null)[], code: string | null, cause: Cause, mayRetry: boolean][] = [
    [['AM04 solde insuffisant'], 'AM04', 'insufficient-funds', true],
    [['AM04: رصيد غير كاف'], 'AM04', 'insufficient-funds', true],
    [[], null, 'unsaid', true],
    [[null, ' '], null, 'unsaid', true],
    [['solde insuffisant'], null, 'other', false],
    [['DATE is wrong'], null, 'other', false],
    [['B012 own code'], 'B012', 'other', false],
    [['AM045'], null, 'other', false],
    [['am04'], null, 'other', false],
    [['AM04', 'MD07 décédé'], 'MD07', 'holder-gone', false],
    [['AM04', 'B012'], 'B012', 'other', false],
    [['B012', 'AC04'], 'AC04', 'account-closed', false],
    [['MS03', 'AM04'], 'MS03', 'unsaid', true],
    [['constructor'], null, 'other', false],
  ];
  for (const [said, code, cause, mayRetry] of table)
    t.same(reasonOf(said), { code, cause, mayRetry }, JSON.stringify(said));
});

t.test('each code has one cause, and is a code', async (t) => {
  const codes = causes().flatMap((cause) => codesOf(cause));
  t.same([...new Set(codes)].length, codes.length, 'none stands twice');
  for (const code of codes) t.match(code, /^[A-Z][A-Z0-9]{3}$/);
});

t.test('each cause has words in each language that fit an SMS and name no code', async (t) => {
  for (const cause of causes()) {
    const texts = (['ar', 'fr', 'en'] as const).map((language) => wordsFor(cause, language));
    t.equal(new Set(texts).size, 3, cause);
    for (const text of texts) {
      t.ok(text.length > 10 && text.length <= 90, text);
      t.match(text, /^\S.*[.]$/u, 'one sentence or two');
      t.notMatch(text, /\b[A-Z]{2}[0-9]{2}\b|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }
    t.match(texts[0], /^[\u0600-\u06ff ،.ًٌٍَُِّْ]+$/u, 'in Arabic letters alone');
  }
  for (const language of ['ar', 'fr', 'en'] as const) {
    const all = causes().map((cause) => wordsFor(cause, language));
    t.equal(new Set(all).size, all.length, `each says something of its own in ${language}`);
  }
});

t.test('the page for banks has the same table', async (t) => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/debits-at-the-bank.md'), 'utf8');
  for (const cause of causes()) {
    const codes = codesOf(cause);
    const again = reasonOf([codes[0] ?? null]).mayRetry ? 'yes' : 'never';
    const row = `| \`${cause}\` | ${wordsFor(cause, 'en')} | ${again} | ${codes.join(' ')} |`;
    t.ok(page.includes(row), row);
  }
});
