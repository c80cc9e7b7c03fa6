// Receipt numbers as people copy them: every single error and every exchange of neighbours is tried on samples.

import fc from 'fast-check';
import t from 'tap';
import { CROCKFORD } from '../../src/kernel/crockford.ts';
import { newReceiptNo, parseReceipt, showReceipt } from '../../src/kernel/ids.ts';

const LARGEST = (1n << 60n) - 1n;
const anyBiller = fc.integer({ min: 0, max: 0xffff });
const anyReceipt = fc.bigInt({ min: 0n, max: LARGEST });

const samples: [billerId: number, receiptNo: bigint][] = [
  [1, 0n],
  [79, 0x7a2f123456789abn],
  [1023, LARGEST],
  [1024, 1n],
  [32767, 0x123456789abcdefn],
  [32768, 0xfedcba987654321n],
  [65535, LARGEST],
  ...Array.from({ length: 20 }, (_, index): [number, bigint] => [
    index * 3277,
    newReceiptNo(index * 86_400_000),
  ]),
];

t.test('the spelling is fixed for ever', async (t) => {
  t.equal(showReceipt(79, 0x7a2f123456789abn), '2F-F8QH-4D2P-F2DB-T');
  t.equal(showReceipt(1, 0n), '01-0000-0000-0000-K');
  t.equal(showReceipt(65535, LARGEST), '1ZZZ-ZZZZ-ZZZZ-ZZZZ-Y');
});

t.test('what was shown is read back', async () => {
  fc.assert(
    fc.property(anyBiller, anyReceipt, (billerId, receiptNo) => {
      const read = parseReceipt(showReceipt(billerId, receiptNo));
      return read?.billerId === billerId && read.receiptNo === receiptNo;
    }),
    { numRuns: 2000 },
  );
});

t.test('read as typed', async (t) => {
  const expected = { billerId: 79, receiptNo: 0x7a2f123456789abn };
  for (const typed of [
    '2f-f8qh-4d2p-f2db-t',
    '2FF8QH4D2PF2DBT',
    '  2F F8QH 4D2P F2DB T ',
    '2-F-F-8-Q-H-4-D-2-P-F-2-D-B-T',
    '2F–F8QH–4D2P–F2DB–T',
    '2F\u00a0F8QH\u00a04D2P\u00a0F2DB\u00a0T',
  ]) {
    t.same(parseReceipt(typed), expected, typed);
  }
  const zerosAndOnes = showReceipt(1, 0x8421n);
  t.equal(zerosAndOnes, '01-0000-0000-1111-D');
  for (const typed of ['OI-OOOO-oooo-iIlL-d', 'o1-0o0O-0000-L1I1-D']) {
    t.same(parseReceipt(typed), { billerId: 1, receiptNo: 0x8421n }, typed);
  }
});

t.test('every single wrong character is found', async (t) => {
  for (const [billerId, receiptNo] of samples) {
    const right = showReceipt(billerId, receiptNo).replaceAll('-', '');
    let missed = 0;
    for (let at = 0; at < right.length; at++) {
      for (const wrong of CROCKFORD) {
        if (wrong === right[at]) continue;
        if (parseReceipt(right.slice(0, at) + wrong + right.slice(at + 1))) missed++;
      }
    }
    t.equal(missed, 0, right);
  }
});

t.test('any two different characters that changed places are found, neighbours or not', async (t) => {
  for (const [billerId, receiptNo] of samples) {
    const right = [...showReceipt(billerId, receiptNo).replaceAll('-', '')];
    let missed = 0;
    for (let one = 0; one < right.length; one++) {
      for (let other = one + 1; other < right.length; other++) {
        if (right[one] === right[other]) continue;
        const exchanged = right.with(one, right[other] ?? '').with(other, right[one] ?? '');
        if (parseReceipt(exchanged.join(''))) missed++;
      }
    }
    t.equal(missed, 0, right.join(''));
  }
});

t.test('of neighbours every pair of characters in every place', async (t) => {
  let missed = 0;
  for (const a of CROCKFORD) {
    for (const b of CROCKFORD) {
      if (a === b) continue;
      for (let at = 0; at < 14; at++) {
        const body = `2F${'0'.repeat(12)}`.split('');
        body[at] = a;
        body[at + 1] = b;
        const right = [...CROCKFORD]
          .map((check) => body.slice(0, 14).join('') + check)
          .find((text) => parseReceipt(text));
        if (!right) continue;
        const exchanged = right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2);
        if (exchanged !== right && parseReceipt(exchanged)) missed++;
      }
    }
  }
  t.equal(missed, 0);
});

t.test('refused', async (t) => {
  for (const text of [
    '',
    '2F-F8QH-4D2P-F2DB',
    '2F-F8QH-4D2P-F2DB-U',
    '2F-F8QH-4D2P-F2DB-*',
    '02F-F8QH-4D2P-F2DB-T',
    '002F-F8QH-4D2P-F2DB-T',
    'ZZZZ-0000-0000-0000-0',
    '2F-F8QH-4D2P-F2DB-T'.repeat(4),
    '-'.repeat(1000),
    '٢F-F8QH-4D2P-F2DB-T',
  ]) {
    t.equal(parseReceipt(text), undefined, text.slice(0, 40));
  }
  for (const body of ['00' + '2F', '0' + '2F']) {
    const readable = [...CROCKFORD].filter((check) => parseReceipt(`${body}${'0'.repeat(12)}${check}`));
    t.same(readable, [], 'zeros in front of a biller number are not ours');
  }
  t.throws(() => showReceipt(0x10000, 1n), RangeError);
  t.throws(() => showReceipt(1, 1n << 60n), RangeError);
  t.throws(() => showReceipt(1, -1n), RangeError);
});

t.test('a new number has its day in front and 50 random bits', async (t) => {
  const day = (n: number) => n * 86_400_000;
  const ones = () => 0xffff_ffff;
  t.equal(newReceiptNo(day(1023), ones), LARGEST);
  t.equal(
    newReceiptNo(day(1024), () => 0),
    0n,
    'after 1024 days the numbers begin anew',
  );
  t.equal(newReceiptNo(day(3) - 1, ones) >> 50n, 2n);
  t.equal(
    newReceiptNo(day(3), () => 0),
    3n << 50n,
  );
  let seen = 0n;
  for (let i = 0; i < 200; i++) seen |= newReceiptNo(0);
  t.equal(seen, (1n << 50n) - 1n);
  t.equal(new Set(Array.from({ length: 5000 }, () => newReceiptNo(0))).size, 5000);
});
