// Account numbers: which are taken, in which form they are kept, and that no slip of the pen passes in what is proved.

import fc from 'fast-check';
import t from 'tap';
import { isIban, readAccountNumber } from '../../src/kernel/bank-account-number.ts';

/** The example of every country in the IBAN registry (ISO 13616). */
const REGISTRY = `
  AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201
  AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034 BG80BNBG96611020345678 BH67BMAG00001299123456
  BI1320001100010000123456789 BR9700360305000010009795493P1 BY13NBRB3600900000002Z00AB00 CH9300762011623852957
  CR05015202001026284066 CY17002001280000001200527600 CZ6508000000192000145399 DE89370400440532013000
  DJ2110002010010409943020008 DK5000400440116243 DO28BAGR00000001212453611324 EE382200221020145685
  EG380019000500000000263180002 ES9121000418450200051332 FI2112345600000785 FK12SC987654321098 FO2000400440116243
  FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917 GI75NWBK000000007099453 GL2000400440116243
  GR1601101250000000012300695 GT82TRAJ01020000001210029690 HN54PISA00000000000000123124 HR1210010051863000160
  HU42117730161111101800000000 IE29AIBK93115212345678 IL620108000000099999999 IQ98NBIQ850123456789012
  IS140159260076545510730339 IT60X0542811101000000123456 JO94CBJO0010000000000131000302
  KW81CBKU0000000000001234560101 KZ86125KZT5004100100 LB62099900000001001901229114 LC55HEMM000100010012001200023015
  LI21088100002324013AA LT121000011101001000 LU280019400644750000 LV80BANK0000435195001 LY38021001000000123456789
  MC5811222000010123456789030 MD24AG000225100013104168 ME25505000012345678951 MK07250120000058984 MN580050099123456789
  MR1300020001010000123456753 MT84MALT011000012345MTLCAST001S MU17BOMM0101101030300200000MUR
  NI79BAMC00000000000003123123 NL91ABNA0417164300 NO9386011117947 OM040280000012345678901 PK36SCBL0000001123456702
  PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154 QA58DOHB00001234567890ABCDEFG
  RO49AAAA1B31007593840000 RS35260005601001611379 RU0204452560040702810412345678901 SA0380000000608010167519
  SC18SSCB11010000000000001497USD SD8811123456789012 SE4550000000058398257466 SI56191000000123438
  SK3112000000198742637541 SM86U0322509800000000270100 SO061000001123123456789 ST68000100010051845310112
  SV62CENR00000000000000700025 TL380080012345678910157 TN5910006035183598478831 TR330006100519786457841326
  UA213996220000026007233566001 VA59001123000012345678 VG96VPVG0000012345678901 XK051212012345678906
  YE15CBYE0001018861234567891234`
  .trim()
  .split(/\s+/);

/**
 * Published numbers and worked examples, with where they stand. Instruction 06-2004 of the Bank of Algeria has the rule:
 * 20 digits, and a key over branch and account that leaves the bank's code out.
 */
const PUBLISHED_RIBS: readonly (readonly [rib: string, source: string])[] = [
  [
    '00799999000000020091',
    'CCP 200, announced by Algérie Poste in March 2020; dz-format (PyPI): rip_of("200")',
  ],
  ['00799999002345678941', 'the example of DZ-POST-TOOLS: CCP 0023456789 has the key 41'],
  ['00400174401001050486', 'within DZ4000400174401001050486, the Algerian IBAN of Nordea’s list of examples'],
  [
    '02100001113000000570',
    'within DZ580002100001113000000570, the Algerian IBAN of the IBAN registries of libraries',
  ],
  [
    '00100012345678901243',
    'worked out in the tests of Dz.RibRipValidator: branch 00012, account 3456789012, key 43',
  ],
  ['00100000000000000097', 'the same: a remainder of nothing gives the key 97'],
];
const RIBS = PUBLISHED_RIBS.map(([number]) => number);
/** Published as wrong: of dz-format (PyPI), and the placeholder in the README of rib-validator-dz, whose key is 72. */
const PUBLISHED_WRONG = ['002 00112 1123000001 47', '00100234567890123456'];

/** The standards anew, with whole numbers: check digits of an IBAN, key of a RIB. */
const spelled = (text: string) => text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
const ibanOf = (country: string, rest: string): string =>
  country + String(98n - (BigInt(spelled(`${rest}${country}00`)) % 97n)).padStart(2, '0') + rest;
const ribOf = (bank: string, rest: string): string =>
  bank + rest + String(97n - ((BigInt(rest) * 100n) % 97n)).padStart(2, '0');

const text = (characters: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: length });
const iban = fc
  .constantFrom(...REGISTRY)
  .chain((example) =>
    text('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', example.length - 4).map((rest) =>
      ibanOf(example.slice(0, 2), rest),
    ),
  );
const rib = fc.tuple(text('0123456789', 3), text('0123456789', 15)).map((parts) => ribOf(...parts));

/** Each digit from `from` on replaced by each of the others. */
function mistyped(number: string, from: number): string[] {
  return [...number].flatMap((old, at) =>
    at < from || !/[0-9]/.test(old)
      ? []
      : [...'0123456789']
          .filter((digit) => digit !== old)
          .map((digit) => number.slice(0, at) + digit + number.slice(at + 1)),
  );
}

/** Each two neighbours from `from` on in the other order, but B1, M2 and X3: 1B spells the same number as B1. */
function transposed(number: string, from: number): string[] {
  return [...number].flatMap((left, at) => {
    const right = number[at + 1];
    if (at < from || right === undefined || spelled(left + right) === spelled(right + left)) return [];
    return [number.slice(0, at) + right + left + number.slice(at + 2)];
  });
}

t.test('the registry’s example of every country is taken', async (t) => {
  t.equal(new Set(REGISTRY.map((number) => number.slice(0, 2))).size, 89);
  for (const number of REGISTRY) {
    t.same(readAccountNumber(number), { number, kind: 'iban' }, number);
    t.ok(isIban(number));
    const other = ibanOf(number.slice(0, 2), `${number.slice(4)}0`);
    t.match(readAccountNumber(other), {
      fault: new RegExp(`of ${number.slice(0, 2)} has ${number.length} `),
    });
    t.notOk(isIban(other), 'one longer, with check digits that fit');
  }
});

t.test('taken, in one written form', async (t) => {
  const table: [text: string, number: string, kind: string][] = [
    ['QA58 DOHB 0000 1234 5678 90AB CDEF G', 'QA58DOHB00001234567890ABCDEFG', 'iban'],
    ['de89-3704-0044-0532-0130-00', 'DE89370400440532013000', 'iban'],
    ['DZ58 0002 1000 0111 3000 0005 70', 'DZ580002100001113000000570', 'iban'],
    ...RIBS.map((number): [string, string, string] => [
      `${number.slice(0, 3)} ${number.slice(3, 8)} ${number.slice(8, 18)} ${number.slice(18)}`,
      number,
      'rib',
    ]),
    ['1234-5678', '12345678', 'national'],
    ['9900om12', '9900OM12', 'national'],
  ];
  for (const [text, number, kind] of table) t.same(readAccountNumber(text), { number, kind }, text);
});

t.test('refused, without repeating the number', async (t) => {
  const table: [text: string, fault: RegExp][] = [
    ['QA58 DOHB 0000 1234 5678 90AB CDEF H', /check digits/],
    ['EG38', /15 to 34/],
    ['EG3800190005000000002631800021', /IBAN of EG has 29 /],
    [ibanOf('ZZ', '0000000000'), /15 to 34/],
    ['ABC00012345678901', /two letters, two digits/],
    ['00799999001234567890', /key of the RIB/],
    ['EG3800190005000000002631800021234567890', /4 to 34/],
    ['12', /4 to 34/],
    ['12/34567', /4 to 34/],
    ['ß2345678', /4 to 34/],
    ['', /4 to 34/],
    ['١٢٣٤٥٦٧٨', /4 to 34/],
  ];
  for (const [text, fault] of table) {
    const read = readAccountNumber(text);
    t.match(read, { fault }, text);
    t.notOk('fault' in read && text.length > 3 && read.fault.includes(text));
  }
});

t.test('check digits that are never given out are refused though their remainder is right', async (t) => {
  // 97, 98 and 02 are; 00, 01 and 99 are the same modulo 97. A RIB's key goes from 01 to 97.
  for (const [given, never] of [
    ['97', '00'],
    ['98', '01'],
    ['02', '99'],
  ] as const) {
    const numbers = Array.from({ length: 1000 }, (_, n) => ibanOf('NO', String(n).padStart(11, '0')));
    const number = numbers.find((each) => each.slice(2, 4) === given) ?? '';
    t.ok(isIban(number), given);
    t.match(readAccountNumber(`NO${never}${number.slice(4)}`), { fault: /check digits/ }, never);
  }
  const ribs = Array.from({ length: 1000 }, (_, n) => ribOf('004', String(n).padStart(15, '0')));
  for (const [given, never] of [
    ['97', '00'],
    ['01', '98'],
    ['02', '99'],
  ] as const) {
    const number = ribs.find((each) => each.endsWith(given)) ?? '';
    t.match(readAccountNumber(number), { kind: 'rib' }, given);
    t.match(readAccountNumber(number.slice(0, 18) + never), { fault: /key/ }, never);
  }
});

t.test('every digit mistyped and every two neighbours transposed are found', async (t) => {
  const slips = (number: string) => [...mistyped(number, 0), ...transposed(number, 0)];
  // Of the bank's three digits the key knows nothing, but when the last changes places with the branch's first.
  const ribSlips = (number: string) => [...mistyped(number, 3), ...transposed(number, 2)];
  const passed = (numbers: string[]) => numbers.filter((number) => !('fault' in readAccountNumber(number)));
  fc.assert(fc.property(iban, (number) => isIban(number) && passed(slips(number)).length === 0));
  fc.assert(
    fc.property(rib, (number) => passed([number]).length === 1 && passed(ribSlips(number)).length === 0),
  );
  t.same(passed(REGISTRY.flatMap(slips)), []);
  t.same(passed(RIBS.flatMap(ribSlips)), []);
});

t.test('published RIBs are taken, alone and within an Algerian IBAN', async (t) => {
  for (const [number, source] of PUBLISHED_RIBS)
    t.same(readAccountNumber(number), { number, kind: 'rib' }, source);
  // Algeria is not in the registry: lists of examples have an IBAN of the RIB alone, and one with two noughts before it.
  for (const iban of ['DZ4000400174401001050486', 'DZ580002100001113000000570']) {
    t.same(readAccountNumber(iban), { number: iban, kind: 'iban' });
    t.match(readAccountNumber(iban.slice(-20)), { kind: 'rib' }, 'the key fits as well as the check digits');
  }
  for (const wrong of PUBLISHED_WRONG) t.match(readAccountNumber(wrong), { fault: /key of the RIB/ }, wrong);
  // With the bank's code in it, as a French key is made, none of them would fit.
  const french = (number: string) => BigInt(number) % 97n === 0n;
  t.notOk(RIBS.some(french));
});
