// Account numbers in what banks and people write.
import t from 'tap';
import fc from 'fast-check';
import { maskAccountNumber } from '../../src/kernel/mask.ts';
import { maskAccountsIn } from '../../src/kernel/mask-accounts.ts';

const IBAN = 'OM810180000001299123456';
const RIB = '00200002000000200108';
const NATIONAL = '0079999900123456';
const SHORT = '12345678';

const cases: readonly (readonly [why: string, text: string, shown: string, masked: string])[] = [
  ['nothing to hide', 'AM04 solde insuffisant, réf. 20261122-0042', maskAccountNumber(IBAN), ''],
  [
    'the IBAN',
    `account ${IBAN} is closed`,
    maskAccountNumber(IBAN),
    'account OM*****************3456 is closed',
  ],
  [
    'spaced, in small letters',
    'om81 0180 0000 0129 9123 456.',
    maskAccountNumber(IBAN),
    'OM** **** **** **** ***3 456.',
  ],
  [
    'of somebody else',
    `see DE89 3704 0044 0532 0130 00`,
    maskAccountNumber(IBAN),
    'see DE** **** **** **** **30 00',
  ],
  ['one that was mistyped is none', 'OM810180000001299123457', maskAccountNumber(RIB), ''],
  ['a RIB, after a code', `AC04 ${RIB}`, maskAccountNumber(IBAN), 'AC04 ****************0108'],
  ['a RIB as it is printed', '002-00002-0000002001-08', maskAccountNumber(IBAN), '***-*****-********01-08'],
  ['spaced widely', '002 / 00002 - 0000002001  08', maskAccountNumber(IBAN), '*** / ***** - ********01  08'],
  [
    'in Arabic digits',
    'الحساب ٠٠٢٠٠٠٠٢٠٠٠٠٠٠٢٠٠١٠٨ مغلق',
    maskAccountNumber(RIB),
    'الحساب ****************0108 مغلق',
  ],
  [
    'a country\u2019s own',
    `acct:${NATIONAL}/closed`,
    maskAccountNumber(NATIONAL),
    'acct:************3456/closed',
  ],
  ['another of the same length', 'ticket 0079999900123457', maskAccountNumber(NATIONAL), ''],
  ['within a longer number', `9${NATIONAL}`, maskAccountNumber(NATIONAL), ''],
  ['a short one', `n° ${SHORT}`, maskAccountNumber(SHORT), 'n° ******78'],
  ['twice', `${RIB}, ${RIB}`, maskAccountNumber(RIB), '****************0108, ****************0108'],
];

t.test('what is masked, and what is not', async (t) => {
  for (const [why, text, shown, masked] of cases)
    t.equal(maskAccountsIn(text, shown), masked === '' ? text : masked, why);
});

t.test('whatever stands around it, the number is not there any more', async () => {
  const numbers = fc.constantFrom(IBAN, RIB, NATIONAL);
  const around = fc
    .string({ unit: 'binary', maxLength: 60 })
    .filter((text) => !/[0-9\u0660-\u0669\u06f0-\u06f9]/.test(text));
  fc.assert(
    fc.property(numbers, around, around, (number, before, after) => {
      const text = before + number + after;
      const masked = maskAccountsIn(text, maskAccountNumber(number));
      return masked.length === text.length && !masked.includes(number);
    }),
  );
});
