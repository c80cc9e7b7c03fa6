// MT940 and MT942 as banks write them: blocks or bare, pages, structured and free words, and what is refused where.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { faultOf, headsOf, linesOf, partsOf } from '../../support/statements.ts';

const file = (...lines: string[]) => `${lines.join('\n')}\n`;
const HEAD = [':20:R1', ':25:BANKOMRX/0123456789', ':28C:5/1', ':60F:C260301OMR0,'];
/** One message that opens with zero; `lines` are its bookings. */
const message = (closing: string, ...lines: string[]) => file(...HEAD, ...lines, `:62F:${closing}`, '-');
const first = async (...lines: string[]) => (await linesOf(message('C260301OMR1,', ...lines)))[0];

t.test('a statement, bare, in blocks of SWIFT FIN, and with ends of lines of either kind', async (t) => {
  const text = message(
    'C260301OMR10,5',
    ':61:2603010228C10,5NTRFCUST17//BANK9',
    'words of the bank',
    ':86:bill 77',
  );
  const line = {
    entry: 1,
    minor: 10_500n,
    bookedOn: '2026-02-28',
    bookedAt: null,
    valuedOn: '2026-03-01',
    isReversal: false,
    bankReference: 'BANK9',
    sumReference: null,
    endToEndId: 'CUST17',
    messageId: null,
    paymentInfoId: null,
    code: 'NTRF',
    returnReason: null,
    counterparty: null,
    counterpartyAccount: null,
    text: 'bill 77\nwords of the bank\nCUST17',
    place: 'line 5',
  };
  t.strictSame(await linesOf(text), [line]);
  t.strictSame(await linesOf(text.replaceAll('\n', '\r\n')), [line]);
  const blocks = `{1:F01BANKOMRXAXXX}{2:I940XX}{4:\n${text.replace(/\n-\n$/, '\n-}{5:{CHK:1}}')}`;
  t.match(await linesOf(blocks), [{ ...line, place: 'line 6' }]);
  const two = `${blocks}${blocks.replace(':28C:5/1', ':28C:6/1')}`;
  t.match(await linesOf(two), [{ place: 'line 6' }, { place: 'line 15' }], 'two on one line');
  t.match(await linesOf(`BANKOMRX\n940\n${text}`), [{ place: 'line 7' }], 'a header of the bank');
});

t.test('marks, days and accounts', async (t) => {
  const cases: readonly [string, object][] = [
    [
      ':61:260301C1,NTRFNONREF',
      { minor: 1000n, isReversal: false, endToEndId: null, bookedOn: '2026-03-01' },
    ],
    [':61:260301CR1,NTRFNONREF', { minor: 1000n }],
    [':61:260301RD1,NTRFNONREF', { minor: 1000n, isReversal: true }],
    [':61:2512310102C1,NTRFNONREF', { valuedOn: '2025-12-31', bookedOn: '2026-01-02' }],
    [':61:2601021231C1,NTRFNONREF', { valuedOn: '2026-01-02', bookedOn: '2025-12-31' }],
    [':61:2403010229C1,NTRFNONREF', { bookedOn: '2024-02-29' }],
    [':61:990301C1,NTRFNONREF', { bookedOn: '1999-03-01' }],
    [':61:260301C1,000NTRFA/B-1', { endToEndId: 'A/B-1' }],
  ];
  for (const [line, expected] of cases) t.match(await first(line), expected, line);
  t.match(await linesOf(message('D260301OMR2,', ':61:260301RC1,NTRFX1', ':61:260301DR1,NTRFX2')), [
    { minor: -1000n, isReversal: true },
    { minor: -1000n, isReversal: false },
  ]);
  const accounts: readonly [string, string][] = [
    ['BANKOMRX/0123456789', '0123456789'],
    ['0123456789OMR', '0123456789'],
    ['OM81 0180 0000 0129 9123 456', 'OM810180000001299123456'],
    ['OM810180000001299123456OMR', 'OM810180000001299123456'],
  ];
  for (const [said, account] of accounts)
    t.match(await headsOf(message('C260301OMR0,').replace('BANKOMRX/0123456789', said)), [
      { account, sequence: '5/1' },
    ]);
});

t.test('what the bank says of a booking', async (t) => {
  const said = (...lines: string[]) => first(':61:260301C1,NTRFNONREF', ...lines);
  t.match(
    await said(
      ':86:166?00GUTSCHRIFT?20EREF+A-17?21KREF+ORD-9?22SVWZ+Rechnung 4711 vo',
      'm Mai?3010020030?31234',
      '567?32FIRMA NUR?33 LLC?34000',
    ),
    {
      code: '166',
      endToEndId: 'A-17',
      paymentInfoId: 'ORD-9',
      counterparty: 'FIRMA NUR  LLC',
      counterpartyAccount: '234567',
      text: 'A-17\nORD-9\nRechnung 4711 vom Mai\nGUTSCHRIFT',
    },
  );
  t.match(await said(':86:051?20Gehalt Oktob', 'er', '?21Firma?60und mehr'), {
    text: 'Gehalt Oktober\nFirma\nund mehr',
  });
  t.match(
    await said(':86:/TRTP/SEPA/IBAN/NL91ABNA0417164300/NAME/Nur/REMI/bill 9/EREF/E-1/PREF/P-1/RTRN/AC04'),
    {
      endToEndId: 'E-1',
      paymentInfoId: 'P-1',
      counterparty: 'Nur',
      counterpartyAccount: 'NL91ABNA0417164300',
      returnReason: 'AC04',
    },
  );
  const full = 'x'.repeat(60) + '47110';
  t.match(
    await said(`:86:${full}`, '815 end', 'more'),
    { text: `${full}815 end\nmore` },
    'a full line was cut in a word',
  );
});

t.test('pages go on where the one before ended', async (t) => {
  const page = (number: number, from: string, to: string, isLast: boolean, amount: string) =>
    file(
      ':20:R1',
      ':25:0123456789',
      `:28C:5/${number}`,
      `:60${number === 1 ? 'F' : 'M'}:C260301OMR${from}`,
      `:61:260301C${amount}NTRFNONREF`,
      `:62${isLast ? 'F' : 'M'}:C260301OMR${to}`,
      '-',
    );
  const whole = page(1, '0,', '1,', false, '1,') + page(2, '1,', '3,', true, '2,');
  t.match(await partsOf(whole), [
    {},
    {},
    { tail: { closing: { minor: 1000n } } },
    { head: { sequence: '5/2' } },
    {},
    {},
  ]);
  t.match(
    await faultOf(page(1, '0,', '1,', false, '1,') + page(3, '2,', '3,', true, '1,')),
    /^statement 2 \(line 8\): it does not go on where statement 1/,
  );
  t.match(await faultOf(whole + whole), /twice, first at statement 1/);
  const unnumbered = message('C260301OMR0,').replace('5/1', '00000/001');
  t.match(await faultOf(unnumbered + unnumbered), /twice/);
  t.equal(
    await faultOf(unnumbered + unnumbered.replaceAll('260301', '260302')),
    'read',
    'told apart by their openings',
  );
});

t.test('MT942: early word of bookings', async (t) => {
  const early = (...sums: string[]) =>
    file(
      ':20:R1',
      ':25:0123456789',
      ':28C:1',
      ':34F:OMR0,',
      ':13D:2603011200+0400',
      ':61:260301C1,NTRFX1',
      ':61:260301ED9,NTRFX2',
      ...sums,
      '-',
    );
  t.match(await partsOf(early(':90D:0OMR0,', ':90C:1OMR1,')), [
    { head: { form: 'notification', currency: 'OMR', opening: null } },
    { line: { minor: 1000n, endToEndId: 'X1' } },
    { tail: { closing: null } },
  ]);
  t.equal(await faultOf(early(':90D:1OMR9,')), 'read', 'what is expected only may be counted');
  t.match(await faultOf(early(':90C:2OMR1,')), /it says that it has 2 credit entries, but has 1/);
  t.match(await faultOf(early(':90C:1OMR1,1')), /the sum of credit entries/);
});

t.test('a bad file is refused with the place of its fault', async (t) => {
  const one = ':61:260301C1,NTRFNONREF';
  const sound = message('C260301OMR1,', one);
  const cases: readonly [string, RegExp][] = [
    [message('C260301OMR2,', one), /^statement 1 \(R1, account \*{6}6789\): .* make 1\.000 OMR/],
    [sound.replace('C1,N', 'C1N'), /^line 5: "1" has no comma/],
    [sound.replace('C1,N', 'C1,0001N'), /^line 5: "1,0001" has more decimals than OMR has \(3\)/],
    [sound.replace('C1,N', 'C1,0,N'), /^line 5: "1,0," is no amount/],
    [sound.replace('61:260301', '61:261301'), /^line 5: "261301" is no date/],
    [sound.replace('NTRFNONREF', ''), /^line 5: .* is no booking/],
    [sound.replace(':60F:C260301OMR0,\n', ''), /^statement 1 \(line 1\): it says no opening balance/],
    [sound.replace(/:62F:.*\n/, ''), /^statement 1 \(line 1\): it ends without a closing balance/],
    [sound.replace('62F:C260301OMR', '62F:C260301USD'), /^line 6: it closes in USD/],
    [sound.replaceAll('OMR', 'XXX'), /is no currency/],
    [sound.replace('-\n', `${one}\n-\n`), /^line 7: a booking stands after the closing/],
    [sound.replace(':25:BANKOMRX/0123456789\n', ''), /it says no account/],
  ];
  for (const [text, fault] of cases) t.match(await faultOf(text), fault);
});

t.test('samples of banks are read', async (t) => {
  const folder = path.resolve(import.meta.dirname, '../../../../shared/mt940');
  if (!existsSync(folder)) return;
  t.match(await linesOf(readFileSync(path.join(folder, 'mbank.sta'))), Array(3).fill({ minor: 1n }));
  const sample = readFileSync(path.join(folder, 'cmxl.sta'), 'utf8');
  // Its first statement is in a currency that is no more.
  t.match(await faultOf(sample), /^line 4: "DEM" is no currency/);
  const lines = await linesOf(sample.replaceAll('DEM', 'EUR'));
  t.equal(lines.length, 16);
  t.match(lines[12], { minor: 300_000n, text: /^Gehalt Oktober\n/, counterpartyAccount: '0847564700' });
});
