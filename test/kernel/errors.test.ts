// The table of problems against the words for it: one code, one row, one text in each language, the same places.

import t from 'tap';
import { AppError, isCode, PROBLEMS, refuse, Refused, type Code } from '../../src/kernel/errors.ts';
import { LANGUAGES } from '../../src/platform/http/index.ts';
import { LOCALES, placesIn } from '../../src/platform/http/words.ts';

const codes = Object.keys(PROBLEMS) as Code[];

t.test('every code of the contract is in the table, with its status', async (t) => {
  const contract = `malformed-request 400, unauthenticated 401, forbidden 403, biller-not-served 403, channel-suspended 403,
    bill-not-found 404, biller-not-found 404, payment-not-found 404, bill-already-paid 409, reference-reused 409,
    reference-cancelled 409, not-reversible 409, stale-version 409, version-reused 409, bill-in-debit 409,
    underpayment 422, overpayment 422, amount-out-of-range 422, currency-mismatch 422, bill-cancelled 422,
    bill-expired 422, fee-changed 422, insufficient-float 422, limit-exceeded 422, too-many-requests 429,
    overloaded 503, agency-unavailable 503, outcome-unknown 503`;
  for (const entry of contract.split(',')) {
    const [code = '', status] = entry.trim().split(' ');
    t.equal(isCode(code) && PROBLEMS[code].status, Number(status), code);
  }
});

t.test('what is never recorded may always be sent again or is the caller’s own to mend', async (t) => {
  for (const code of codes) {
    const { status, recorded, retry } = PROBLEMS[code];
    if ([400, 401, 403, 429, 500, 503].includes(status))
      t.notOk(recorded, `${code} is not kept under a reference`);
    if ([429, 500, 503].includes(status)) t.equal(retry, 'same-reference', code);
    if (recorded)
      t.not(retry, 'same-reference', `${code}: the same reference would get the same answer for ever`);
  }
});

t.test('the three locales have the same keys', async (t) => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && !Array.isArray(inner)
        ? keys(inner as object).map((path) => `${key}.${path}`)
        : [key],
    );
  const english = keys(LOCALES.en).sort();
  for (const language of LANGUAGES) t.strictSame(keys(LOCALES[language]).sort(), english, language);
  t.strictSame(
    Object.keys(LOCALES.en.problems).sort(),
    [...codes].sort(),
    'and the problems are those of the table',
  );
});

t.test(
  'the places to fill are the same in every language, and the last text of a code needs none',
  async (t) => {
    for (const code of codes) {
      const english = LOCALES.en.problems[code].detail.map((text) => placesIn(text).sort());
      t.strictSame(english.at(-1), [], `${code} can be told without facts`);
      for (const language of LANGUAGES) {
        const { title, detail, page } = LOCALES[language].problems[code];
        t.strictSame(
          detail.map((text) => placesIn(text).sort()),
          english,
          `${code} in ${language}`,
        );
        for (const text of [title, ...detail, page.meaning, page.whatToDo])
          t.match(text.trim(), /\S{2}/, `${code} in ${language} says something`);
        for (const text of [title, page.meaning, page.whatToDo])
          t.strictSame(placesIn(text), [], 'only details have places');
      }
    }
    for (const [key, text] of Object.entries(LOCALES.en.faults)) {
      for (const language of LANGUAGES) {
        const words: Record<string, string> = LOCALES[language].faults;
        t.strictSame(
          placesIn(words[key] ?? '').sort(),
          placesIn(text).sort(),
          `faults.${key} in ${language}`,
        );
      }
    }
  },
);

t.test('Arabic is written in Arabic', async (t) => {
  for (const code of codes) {
    const { title, page } = LOCALES.ar.problems[code];
    for (const text of [title, page.meaning, page.whatToDo])
      t.match(text, /^[^A-Za-z]*\p{Script=Arabic}/u, code);
  }
});

t.test('a refusal is a value; thrown, it carries no stack; a fault carries its cause', async (t) => {
  const refusal = refuse('underpayment', { amountDue: { value: '1.000', currency: 'OMR' } });
  t.strictSame(refusal, { code: 'underpayment', facts: { amountDue: { value: '1.000', currency: 'OMR' } } });
  const refused = new Refused(refusal);
  t.equal(refused.refusal, refusal);
  t.equal(refused.stack?.includes('\n'), false);
  t.ok(new Error('after').stack?.includes('\n'), 'other errors keep theirs');
  const cause = new Error('why');
  t.equal(new AppError('what', { cause }).cause, cause);
});
