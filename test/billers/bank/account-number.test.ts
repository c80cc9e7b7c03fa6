// Account numbers: which are taken, in which form they are kept, and what is shown of them.

import fc from 'fast-check';
import t from 'tap';
import { isBic, readAccountNumber } from '../../../src/billers/bank/index.ts';
import { maskAccountNumber } from '../../../src/kernel/mask.ts';

t.test('taken, in one written form', async (t) => {
  // Published examples of the IBAN registry (ISO 13616).
  const table: [text: string, number: string][] = [
    ['QA58 DOHB 0000 1234 5678 90AB CDEF G', 'QA58DOHB00001234567890ABCDEFG'],
    ['EG380019000500000000263180002', 'EG380019000500000000263180002'],
    ['de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['004 00174 0401234567 18', '00400174040123456718'],
    ['1234-5678', '12345678'],
  ];
  for (const [text, number] of table) t.same(readAccountNumber(text), { number }, text);
});

t.test('refused, without repeating the number', async (t) => {
  const table: [text: string, fault: RegExp][] = [
    ['QA58 DOHB 0000 1234 5678 90AB CDEF H', /check digits/],
    ['EG38', /IBAN has 15 to 34/],
    ['EG3800190005000000002631800021234567890', /IBAN has 15 to 34/],
    ['12', /4 to 34/],
    ['12/34567', /4 to 34/],
    ['', /4 to 34/],
    ['١٢٣٤٥٦٧٨', /4 to 34/],
  ];
  for (const [text, fault] of table) {
    const read = readAccountNumber(text);
    t.match(read, { fault }, text);
    t.notOk('fault' in read && text.length > 3 && read.fault.includes(text));
  }
});

t.test('any one digit mistyped in an IBAN is found', async () => {
  const iban = 'EG380019000500000000263180002';
  fc.assert(
    fc.property(fc.integer({ min: 2, max: iban.length - 1 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digit = (Number(iban[at]) + by) % 10;
      return 'fault' in readAccountNumber(`${iban.slice(0, at)}${digit}${iban.slice(at + 1)}`);
    }),
  );
});

t.test('masked and BIC', async (t) => {
  t.equal(maskAccountNumber('OM440000001000000000017'), 'OM*****************0017');
  t.equal(maskAccountNumber('00400174040123456718'), '****************6718');
  t.equal(maskAccountNumber('12345678'), '******78');
  for (const bic of ['DEMOOMRX', 'DEUTDEFF500']) t.ok(isBic(bic), bic);
  for (const bic of ['DEMOOMR', 'demoomrx', 'DEMO1MRX', 'DEUTDEFF50']) t.notOk(isBic(bic), bic);
});
