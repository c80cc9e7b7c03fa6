// The words of messages: in every language they say whose bill, how much, which receipt and when, and on a screen the
// numbers of an Arabic text stand as they were written. The visual order is that of an independent implementation of
// the Unicode bidirectional algorithm.
import bidiFactory, { type Bidi } from 'bidi-js';
import fc from 'fast-check';
import t from 'tap';
import { faultsOf, MOST_SEGMENTS, write, type Sender } from '../../src/confirmations/messages/compose.ts';
import {
  PAYMENT_KINDS,
  LANGUAGES,
  languageOf,
  MEDIA,
  type PaymentFacts,
} from '../../src/confirmations/messages/message.ts';
import { smsSegments } from '../../src/confirmations/messages/sms-length.ts';
import { defaultTemplate } from '../../src/confirmations/messages/templates.ts';

// Its types describe a module for bundlers; what Node loads is the factory itself.
const factory: unknown = bidiFactory;
const bidi = (factory as () => Bidi)();
const SENDER: Sender = {
  name: { ar: 'الهيئة العامة للتأمينات الاجتماعية', en: 'Social Insurance', fr: 'Assurance sociale' },
  timeZone: 'Asia/Muscat',
};
const FACTS: PaymentFacts = {
  bills: ['OM-2026-000417'],
  billCount: 1,
  amount: { value: '125.500', currency: 'OMR' },
  receipt: '2F-7Q2M-X9ZT-C4WH-J',
  at: '2026-11-22T08:15:29.123Z',
};

/** What the eye meets from left to right, each line for itself, the direction guessed by its first strong letter. */
function seen(text: string): string[] {
  return text.split('\n').map((line) => {
    const levels = bidi.getEmbeddingLevels(line, 'auto');
    return bidi.getReorderedString(line, levels).replace(/[\u200f\u2066-\u2069]/g, '');
  });
}

t.test('every text says whose, what, how much, which receipt and when', async (t) => {
  for (const kind of PAYMENT_KINDS)
    for (const medium of MEDIA)
      for (const language of LANGUAGES) {
        const { text } = write(
          { ...FACTS, fee: { value: '0.200', currency: 'OMR' } },
          { kind, medium, language },
          SENDER,
        );
        const lines = seen(text);
        t.ok(text.includes(SENDER.name[language] ?? ''), `${kind} ${medium} ${language} names the biller`);
        for (const value of [
          '125.500 OMR',
          '0.200 OMR',
          '2F-7Q2M-X9ZT-C4WH-J',
          'OM-2026-000417',
          '2026-11-22 12:15',
        ])
          t.ok(
            lines.some((line) => line.includes(value)),
            `${kind} ${medium} ${language}: ${value} reads rightly`,
          );
        t.notMatch(text, /[{}]|undefined/);
        t.same(faultsOf(defaultTemplate(kind, medium, language), kind, medium, language), []);
      }
});

t.test('without isolates the same Arabic text would tear the values apart', async (t) => {
  const { text } = write(FACTS, { kind: 'accepted', medium: 'sms', language: 'ar' }, SENDER);
  const [naked = ''] = seen(text.replace(/[\u2066-\u2069]/g, ''));
  t.notOk(naked.includes('2026-11-22 12:15'), 'which is why they are there');
});

t.test('an Arabic line runs from right to left even when it begins with a Latin name', async (t) => {
  const latin = { name: { en: 'PASI' }, timeZone: 'Asia/Muscat' };
  const { text } = write(FACTS, { kind: 'accepted', medium: 'sms', language: 'ar' }, latin);
  t.equal(bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level, 1);
  t.match(seen(text)[0], /PASI$/, 'the name stands at the right edge');
  for (const medium of MEDIA) {
    const { text, subject } = write(FACTS, { kind: 'reversed', medium, language: 'ar' }, SENDER);
    for (const line of [...text.split('\n'), subject].filter((each) => each !== ''))
      t.equal(bidi.getEmbeddingLevels(line, 'auto').paragraphs[0]?.level, 1, line);
  }
});

t.test('several bills: the first are named, the others counted', async (t) => {
  const numbers = Array.from({ length: 20 }, (_, i) => `B-${i + 1}`);
  const sms = (billCount: number, language: (typeof LANGUAGES)[number]): string => {
    const facts = { ...FACTS, bills: numbers.slice(0, billCount), billCount };
    const { text } = write(
      facts,
      { kind: 'accepted', medium: 'sms', language },
      { name: { en: 'X' }, timeZone: 'UTC' },
    );
    return text.replace(/[\u200f\u2066-\u2069]/g, '');
  };
  const cases: [number, 'ar' | 'fr' | 'en', RegExp][] = [
    [1, 'en', /for bill B-1\. /],
    [3, 'en', /for bills B-1, B-2, B-3\. /],
    [4, 'en', /for bills B-1, B-2, B-3 and 1 more\. /],
    [20, 'en', /for bills B-1, B-2, B-3 and 17 more\. /],
    [1, 'fr', /pour la facture B-1\. /],
    [4, 'fr', /pour les factures B-1, B-2, B-3 et 1 autre\. /],
    [20, 'fr', /B-3 et 17 autres\. /],
    [1, 'ar', /عن الفاتورة B-1\. /],
    [4, 'ar', /عن الفواتير B-1، B-2، B-3 وواحدة أخرى\. /],
    [20, 'ar', /عن الفواتير B-1، B-2، B-3 و17 أخرى\. /],
  ];
  for (const [count, language, expected] of cases) t.match(sms(count, language), expected);
});

t.test('a reversal says that the bills are open again, a credit that none was paid', async (t) => {
  const text = (kind: (typeof PAYMENT_KINDS)[number]): string =>
    write(FACTS, { kind, medium: 'sms', language: 'en' }, SENDER).text;
  t.match(text('reversed'), /reversed.*Open again: bill OM-2026-000417\./);
  t.match(text('credited'), /could not be used for bill OM-2026-000417 and is kept as your credit/);
  t.notMatch(text('credit-reversed'), /[Oo]pen again/);
});

t.test('English and French go out in the cheap alphabet, at most two segments', async (t) => {
  for (const kind of PAYMENT_KINDS)
    for (const language of ['en', 'fr'] as const) {
      const { text } = write(
        { ...FACTS, bills: ['OM-1', 'OM-2'], billCount: 2 },
        { kind, medium: 'sms', language },
        SENDER,
      );
      t.ok(smsSegments(text) <= 2, `${kind} ${language}: ${text.length} characters`);
      t.ok(text.length > 70, 'which would be three segments otherwise');
    }
});

t.test('segments as TS 23.038 counts them', async (t) => {
  const cases: [string, number][] = [
    ['', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ç', 1],
    ['ç'.repeat(70), 1],
    ['ç'.repeat(71), 2],
    ['ط'.repeat(134), 2],
    ['ط'.repeat(135), 3],
  ];
  for (const [text, segments] of cases)
    t.equal(smsSegments(text), segments, `${text.slice(0, 1)} × ${text.length}`);
});

t.test(
  'whatever the payment, an SMS keeps its bound and its receipt, and no value steers the direction',
  async () => {
    const name = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' });
    const bill = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);
    fc.assert(
      fc.property(
        fc.record({ name, bills: fc.array(bill, { minLength: 1, maxLength: 20 }), more: fc.nat(480) }),
        fc.constantFrom(...PAYMENT_KINDS),
        fc.constantFrom(...LANGUAGES),
        ({ name, bills, more }, kind, language) => {
          const facts = {
            ...FACTS,
            bills,
            billCount: bills.length + more,
            fee: { value: '1.000', currency: 'OMR' },
          };
          const { text } = write(
            facts,
            { kind, medium: 'sms', language },
            { name: { en: name }, timeZone: 'UTC' },
          );
          const opened = text.match(/[\u2066-\u2068]/g)?.length ?? 0;
          const closed = text.match(/\u2069/g)?.length ?? 0;
          return (
            smsSegments(text) <= MOST_SEGMENTS &&
            text.includes(FACTS.receipt) &&
            text.includes('125.500 OMR') &&
            text.includes(bills[0] ?? '') &&
            opened === closed &&
            !/[\r\n\u202a-\u202e]/.test(text)
          );
        },
      ),
    );
  },
);

t.test('a biller speaks the first of Arabic, French and English that it has a name in', async (t) => {
  t.equal(languageOf({ en: 'a', fr: 'b', ar: 'c' }), 'ar');
  t.equal(languageOf({ en: 'a', fr: 'b' }), 'fr');
  t.equal(languageOf({ en: 'a' }), 'en');
});

t.test('a template is taken only when it can be understood, and always fits', async (t) => {
  const sms = (body: string): string => faultsOf({ body }, 'accepted', 'sms', 'en').join('; ');
  t.equal(sms('{bills} {amount} {receipt}'), '');
  t.match(sms('{bills} {amount}'), /lacks \{receipt\}/);
  t.match(sms('{bills} {amount} {receipt} {payerName}'), /there is no \{payerName\}/);
  t.match(sms(`{bills} {amount} {receipt} ${'x'.repeat(700)}`), /segments, 5 are the most/);
  t.match(sms('{bills}\u0007{amount} {receipt}'), /control characters/);
  const mail = (subject: string | undefined): string =>
    faultsOf({ body: '{bills} {amount} {receipt}', subject }, 'accepted', 'email', 'en').join('; ');
  t.match(mail(undefined), /needs a subject/);
  t.match(mail('Paid\r\nBcc: all@example.com'), /one line/);
  t.equal(mail('Paid: {receipt}'), '');
});
