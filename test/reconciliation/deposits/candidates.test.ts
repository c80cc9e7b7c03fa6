// What texts name: a table of cases, and two properties: a number is found however it is written, and whatever else banks
// write is no number.
import fc from 'fast-check';
import t from 'tap';
import { candidatesIn } from '../../../src/reconciliation/deposits/index.ts';

const sure = (text: string): string[] =>
  candidatesIn(text)
    .filter(({ strength }) => strength === 'sure')
    .map(({ key }) => key);
const bare = (text: string): string[] =>
  candidatesIn(text)
    .filter(({ strength }) => strength === 'bare')
    .map(({ key }) => key);

/** Text, and the number that it names. */
const NAMED: readonly (readonly [string, string])[] = [
  ['OM-2026-000417', 'OM2026000417'],
  ['om 2026 000417', 'OM2026000417'],
  ['INV OM-2026-000417 NOVEMBER', 'OM2026000417'],
  ['INVOM2026000417', 'OM2026000417'],
  ['REFOM2026000417', 'OM2026000417'],
  ['فاتورة رقم OM-٢٠٢٦-٠٠٠٤١٧ شكرا', 'OM2026000417'],
  ['فاتورةOM۲۰۲۶۰۰۰۴۱۷', 'OM2026000417'],
  ['سداد الفاتورة: ١٢٣٤٥', '12345'],
  ['للفاتورة ١٢٣٤٥', '12345'],
  ['رقم المشترك ٢٠٤١٧', '20417'],
  ['Facture n° 2026 000 417', '2026000417'],
  ['FACTURE Nº2026000417', '2026000417'],
  ['OM-2026-00\n0417 merci', 'OM2026000417'],
  ['OM-2026-000417\r\nAHMED', 'OM2026000417'],
  ['OM.2026.000417', 'OM2026000417'],
  ['OM/2026/000417.', 'OM2026000417'],
  ['INV12345', '12345'],
  ['Invoices 12345, 12346 and 12347', '12347'],
  ['No. 12345', '12345'],
  ['INVOICE NO:4170196567 NOV 2026', '4170196567'],
  ['payer E-20417 for november', 'E20417'],
  ['ＯＭ－２０２６－０００４１７', 'OM2026000417'],
  ['O\u200eM-2026-\u200f000417', 'OM2026000417'],
  ['RF18 5390 0754 7034', 'RF18539007547034'],
  ['pay code rf18539007547034', 'RF18539007547034'],
  ['REF:RF18-5390-0754-7034 thanks', 'RF18539007547034'],
];

t.test('numbers that are named', async (t) => {
  for (const [text, key] of NAMED) t.ok(sure(text).includes(key), JSON.stringify(text));
});

t.test('digits alone', async (t) => {
  t.same(bare('417002233'), ['417002233']);
  t.same(bare('4170022'), [], 'too short');
  t.same(bare('transfer 417-002-233'), ['417002233']);
  for (const text of [
    '20261122',
    '22.11.2026',
    '20261122083015',
    '+968 9012 3456',
    '0096890123456',
    'tel 90123456789',
    'هاتف ٩٠١٢٣٤٥٦٧',
    'account 12345678901',
    'حساب رقم 12345678901',
    '4111 1111 1111 1111',
    '12345678.500',
    '123,456,789.00',
    '123456789 OMR',
    'OM810180000001299123456',
  ])
    t.same([...bare(text), ...sure(text).filter((key) => /^[0-9]+$/.test(key))], [], text);
  t.same(
    sure('room 12345').concat(sure('12345'), sure('hay no 12345')),
    ['ROOM12345', 'HAYNO12345', 'NO12345'],
    'letters need a bill',
  );
});

t.test('what proves itself as an account is no number of ours', async (t) => {
  t.same(candidatesIn('IBAN OM81 0180 0000 0129 9123 456'), []);
});

t.test('a pay code with wrong check digits is none', async (t) => {
  t.notOk(candidatesIn('RF19 5390 0754 7034').some(({ kind }) => kind === 'pay-code'));
});

const digits = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'] as const;
const separator = fc.constantFrom('', ' ', '-', '.', '/', '\n', ' - ', '\u2013');
const number = fc
  .tuple(fc.stringMatching(/^[A-Z]{1,4}$/), fc.stringMatching(/^[0-9]{5,12}$/))
  .map(([letters, tail]) => ({ letters, tail }));
const around = fc.constantFrom(
  '',
  'payment ',
  'فاتورة رقم ',
  'facture ',
  'INV ',
  'شكرا ',
  'AL NOOR TRADING ',
);

t.test('however it is written, it is found', async () => {
  fc.assert(
    fc.property(
      number,
      fc.array(fc.tuple(fc.nat(11), separator), { maxLength: 3 }),
      fc.constantFrom(...digits),
      fc.tuple(around, around, separator, fc.boolean()),
      ({ letters, tail }, cuts, script, [before, after, first, isLower]) => {
        // An account number that proves itself is taken out: short ones cannot be.
        let written = [...tail]
          .map((digit, at) => {
            const cut = cuts.find(([place]) => place === at && at > 0);
            return (cut?.[1] ?? '') + (script[Number(digit)] ?? '');
          })
          .join('');
        written = (isLower ? letters.toLowerCase() : letters) + first + written;
        return sure(`${before}${written} ${after}`).includes(letters + tail);
      },
    ),
    { numRuns: 2000 },
  );
});

t.test('any text is taken apart without a fault, and quickly', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => Array.isArray(candidatesIn(text))),
    { numRuns: 1000 },
  );
  candidatesIn('A1 '.repeat(20_000));
});
