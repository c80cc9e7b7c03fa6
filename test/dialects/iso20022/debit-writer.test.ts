// Files of debits, byte for byte: valid against the schema where it is at hand, and the same without it by their form.
import fc from 'fast-check';
import t from 'tap';
import { debitWriter } from '../../../src/dialects/iso20022/index.ts';
import { readXml } from '../../../src/dialects/iso20022/read-xml.ts';
import { childOf, childrenOf, textOf } from '../../../src/dialects/iso20022/xml-node.ts';
import { formatMinor } from '../../../src/kernel/money.ts';
import type { DebitOrderFile } from '../../../src/mandates/debits/index.ts';
import { debitFile as fileOf, filedDebit as debit } from '../../support/filed-debits.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const assertValid = schemaOf('pain.008.001.08');

const write = (file: DebitOrderFile) => Buffer.concat([...debitWriter.pieces(file)]);

t.test('a file says what is to be taken, from whom and by which mandate', async (t) => {
  const file = fileOf([debit(), debit({ endToEndId: 'D0123456789ABCE0' })]);
  const bytes = write(file);
  const text = bytes.toString('utf8');
  for (const part of [
    '<MsgId>WSD06FHP0C6DM000G8K2N5V7W9XQZ</MsgId><CreDtTm>2026-11-24T05:30:00Z</CreDtTm>',
    '<PmtInfId>WSD06FHP0C6DM000G8K2N5V7W9XQZ-1</PmtInfId><PmtMtd>DD</PmtMtd><BtchBookg>false</BtchBookg>',
    '<NbOfTxs>2</NbOfTxs><CtrlSum>25000.10</CtrlSum>',
    '<PmtTpInf><SeqTp>RCUR</SeqTp></PmtTpInf><ReqdColltnDt>2026-11-24</ReqdColltnDt>',
    '<Cdtr><Nm>CACOBATPH &amp; &lt;fonds&gt;</Nm></Cdtr>',
    '<CdtrAcct><Id><Othr><Id>00100012345678901243</Id></Othr></Id><Ccy>DZD</Ccy></CdtrAcct>',
    '<CdtrAgt><FinInstnId><BICFI>BNALDZALXXX</BICFI></FinInstnId></CdtrAgt>',
    '<InstdAmt Ccy="DZD">12500.05</InstdAmt>',
    '<MndtId>mnd_06fhp0c6dm000g8k2n5v7w9xqz</MndtId><DtOfSgntr>2026-10-01</DtOfSgntr>',
    '<DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>004</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>',
    '<Dbtr><Nm>شركة البناء الحديث</Nm></Dbtr>',
    '<DbtrAcct><Id><Othr><Id>00400174401001050486</Id></Othr></Id></DbtrAcct>',
    '<EndToEndId>D0123456789ABCE0</EndToEndId>',
  ])
    t.ok(text.includes(part), part);
  t.notMatch(text, 'CdtrSchmeId');
  t.notMatch(text, 'UltmtCdtr', 'the creditor collects for itself');
  t.same(write(file), bytes, 'the same file, the same bytes');
  assertValid(t, bytes);
});

t.test('whom the operator collects for stands beside him, at most as long as a name may be', async (t) => {
  for (const [name, says] of [
    ['صندوق & Co', 'صندوق &amp; Co'],
    ['م'.repeat(200), 'م'.repeat(140)],
  ] as const) {
    const bytes = write(fileOf([debit()], { ultimateCreditor: name, creditorSchemeId: 'DZ99ZZZ0001' }));
    const after = '</CdtrAgt><UltmtCdtr><Nm>' + says + '</Nm></UltmtCdtr><ChrgBr>';
    t.ok(bytes.toString('utf8').includes(after), after);
    assertValid(t, bytes);
  }
  const creditor = { name: 'Fund', account: '123', bank: null };
  t.equal(debitWriter.creditorFault(creditor, 'Agency'), undefined);
  t.match(debitWriter.creditorFault(creditor, 'a\u202eb'), /U\+202E/);
  t.match(debitWriter.creditorFault({ ...creditor, account: ' ' }, null), /account number/);
});

t.test('accounts, banks, sequence and scheme in every form', async (t) => {
  const forms = [
    { account: 'OM040280000012345678901', bank: null, says: '<IBAN>OM040280000012345678901</IBAN>' },
    { account: 'OM040280000012345678901', bank: 'BMUSOMRX', says: '<BICFI>BMUSOMRX</BICFI>' },
    { account: '0123-45/6', bank: '028', says: '<Othr><Id>0123-45/6</Id></Othr>' },
  ];
  for (const { account, bank, says } of forms) {
    const party = { name: 'Fund', account, bank };
    const one = debit({ debtor: party, amount: { minor: 5_500n, currency: 'OMR' } });
    const bytes = write(
      fileOf([one], { creditor: party, sequence: 'OOFF', creditorSchemeId: 'OM12ZZZ0001' }),
    );
    const text = bytes.toString('utf8');
    t.ok(text.includes(says), says);
    t.equal(text.includes('<Othr><Id>NOTPROVIDED</Id></Othr>'), bank === null, 'both banks are wanted');
    t.ok(text.includes('<SeqTp>OOFF</SeqTp>'));
    t.ok(
      text.includes('<CdtrSchmeId><Id><PrvtId><Othr><Id>OM12ZZZ0001</Id></Othr></PrvtId></Id></CdtrSchmeId>'),
    );
    t.ok(text.includes('<InstdAmt Ccy="OMR">5.500</InstdAmt>'));
    assertValid(t, bytes);
  }
});

t.test('what is wrong is refused before the first piece', async (t) => {
  const refused = (file: DebitOrderFile, why: RegExp) => t.throws(() => debitWriter.pieces(file), why);
  refused(fileOf([debit(), debit()]), /D0123456789ABCD0 stands twice/);
  refused(fileOf([debit(), debit({ endToEndId: 'a b' })]), /InstrId cannot be/);
  refused(fileOf([debit({ amount: { minor: 0n, currency: 'DZD' } })]), /more than zero/);
  const mixed = debit({ endToEndId: 'D1', amount: { minor: 1n, currency: 'OMR' } });
  refused(fileOf([debit(), mixed]), /one currency/);
  refused(fileOf([debit({ text: 'a\u0007' })]), /Ustrd holds the control character/);
  refused(fileOf([debit({ text: 'a\u202eb' })]), /U\+202E/);
  refused(fileOf([debit({ mandateReference: '' })]), /MndtId cannot be/);
  refused(fileOf([debit({ mandateReference: 'm'.repeat(36) })]), /MndtId cannot be/);
  refused(fileOf([debit()], { collectOn: '24.11.2026' }), /ReqdColltnDt cannot be/);
  refused(fileOf([debit()], { creditorSchemeId: 'a b' }), /Id cannot be/);
  const debtor = { name: 'a\nb', account: '123', bank: null };
  t.match(debitWriter.faultOf(debtor), /control character U\+000A/);
  refused(fileOf([debit({ debtor })]), /Nm holds the control character/);
});

t.test('ten thousand debits leave in pieces, and a piece is small', async (t) => {
  const all = Array.from({ length: 10_000 }, (_, n) =>
    debit({ endToEndId: `D${String(n).padStart(14, '0')}0`, text: `قسط ${n}` }),
  );
  const [first, ...rest] = all;
  if (first === undefined) return;
  let largest = 0;
  const pieces: Buffer[] = [];
  for (const piece of debitWriter.pieces(fileOf([first, ...rest]))) {
    largest = Math.max(largest, piece.length);
    pieces.push(piece);
  }
  t.ok(pieces.length > 50 && largest < 150_000, `${pieces.length} pieces, the largest of ${largest} bytes`);
  const bytes = Buffer.concat(pieces);
  t.match(bytes.toString('utf8'), '<NbOfTxs>10000</NbOfTxs><CtrlSum>125000500.00</CtrlSum>');
  assertValid(t, bytes);
});

t.test('whatever the names and amounts, a file reads back as it was meant, and is valid', async (t) => {
  const seen = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 300 })
    .filter((name) => debitWriter.faultOf({ name, account: '1', bank: null }) === undefined);
  const minor = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const minors = fc.array(minor, { minLength: 1, maxLength: 5 });
  const currency = fc.constantFrom('OMR', 'DZD', 'JPY', 'QAR');
  await fc.assert(
    fc.asyncProperty(seen, seen, minors, currency, async (name, text, amounts, ccy) => {
      const [first, ...rest] = amounts.map((each, i) =>
        debit({
          endToEndId: `D000000000000${i}`,
          amount: { minor: each, currency: ccy },
          debtor: { name, account: '123', bank: null },
          text,
        }),
      );
      if (first === undefined) return;
      const bytes = write(fileOf([first, ...rest]));
      const read = await readXml(bytes, 1_000_000);
      if (!read.ok) throw new Error(read.reason);
      const payment = childOf(read.root, 'Document', 'CstmrDrctDbtInitn', 'PmtInf');
      const total = amounts.reduce((a, b) => a + b, 0n);
      t.equal(textOf(payment, 'CtrlSum'), formatMinor(total, ccy));
      const debits = childrenOf(payment, 'DrctDbtTxInf');
      t.same(
        debits.map((each) => textOf(each, 'InstdAmt')),
        amounts.map((each) => formatMinor(each, ccy)),
      );
      assertValid(t, bytes);
    }),
    { numRuns: 50 },
  );
});
