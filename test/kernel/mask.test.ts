// Masks keep the shape of a name and lose the name.

import t from 'tap';
import { maskAccountNumber, maskEmail, maskMobile, maskName } from '../../src/kernel/mask.ts';

const cases: [(text: string) => string, string, string][] = [
  [maskName, 'Fatma Al Zahra', 'F**** A* Z****'],
  [maskName, 'فاطمة الزهراء', 'ف**** ا****'],
  [maskName, 'X', '*'],
  [maskName, 'Malcolm X 𝒜', 'M**** * *'],
  [maskName, '𝒜nna', '𝒜***'],
  [maskName, '  Ali   Said ', '  A**   S*** '],
  [maskName, '', ''],
  [maskMobile, '+968 2412 3456', '********456'],
  [maskMobile, '12', '***'],
  [maskEmail, 'fatma@example.om', 'f****@example.om'],
  [maskEmail, 'nobody', '****'],
  [maskEmail, '@example.om', '****'],
  [maskAccountNumber, 'OM440000001000000000017', 'OM*****************0017'],
  [maskAccountNumber, 'OM450000001000000000017', '*******************0017'],
  [maskAccountNumber, '00400174401001050486', '****************0486'],
  [maskAccountNumber, '123456789', '*****6789'],
  [maskAccountNumber, '12345678', '******78'],
  [maskAccountNumber, 'OM81', '**81'],
  [maskAccountNumber, '123', '***'],
  [maskAccountNumber, '', ''],
];

for (const [mask, text, masked] of cases) {
  t.test(`${mask.name} ${text}`, async (t) => t.equal(mask(text), masked));
}
