// Orders to banks, byte for byte: valid against the schema where it is at hand, and the same without it by their form.
import fc from 'fast-check';
import t from 'tap';
import { orderWriter } from '../../../src/dialects/iso20022/index.ts';
import { readXml } from '../../../src/dialects/iso20022/read-xml.ts';
import { textOf, childrenOf, childOf } from '../../../src/dialects/iso20022/xml-node.ts';
import { formatMinor } from '../../../src/kernel/money.ts';
import type { PaymentOrder, Transfer } from '../../../src/settlement/orders/index.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const assertValid = schemaOf('pain.001.001.09');

const transfer = (change: Partial<Transfer> = {}): Transfer => ({
  endToEndId: 'W0123456789ABCD0',
  amount: { minor: 1_250_005n, currency: 'OMR' },
  creditor: {
    name: 'الهيئة العامة للتأمينات الاجتماعية',
    account: 'OM040280000012345678901',
    bank: 'BMUSOMRX',
  },
  text: 'stl_06fhp0c6dm000g8k2n5v7w9xqz 2026-11-22 om-social',
  ...change,
});

const order = (transfers: PaymentOrder['transfers'], change: Partial<PaymentOrder> = {}): PaymentOrder => ({
  messageId: 'WST06FHP0C6DM000G8K2N5V7W9XQZ',
  createdAt: new Date('2026-11-24T05:30:00.123Z'),
  debtor: { name: 'Wasit & Co <operator>', account: 'OM810180000001299123456', bank: 'BMUSOMRXXXX' },
  executeOn: '2026-11-24',
  transfers,
  ...change,
});

t.test('an order says what is to be paid, in the currency’s own decimals', async (t) => {
  const bytes = orderWriter.write(order([transfer(), transfer({ endToEndId: 'W0123456789ABCE0' })]));
  const text = bytes.toString('utf8');
  t.match(text, '<InstdAmt Ccy="OMR">1250.005</InstdAmt>');
  t.match(text, '<CtrlSum>2500.010</CtrlSum>');
  t.match(text, '<NbOfTxs>2</NbOfTxs>');
  t.match(text, '<BtchBookg>false</BtchBookg>');
  t.match(text, '<ReqdExctnDt><Dt>2026-11-24</Dt></ReqdExctnDt>');
  t.match(text, '<Nm>Wasit &amp; Co &lt;operator&gt;</Nm>', 'escaped');
  t.match(text, 'الهيئة العامة للتأمينات الاجتماعية', 'in Arabic, as it is');
  t.match(text, '<CreDtTm>2026-11-24T05:30:00Z</CreDtTm>');
  t.same(
    orderWriter.write(order([transfer(), transfer({ endToEndId: 'W0123456789ABCE0' })])),
    bytes,
    'the same',
  );
  assertValid(t, bytes);
});

t.test('accounts and banks in every form', async (t) => {
  const forms = [
    { account: 'DZ580002100001113000000570', bank: null, says: '<IBAN>DZ580002100001113000000570</IBAN>' },
    { account: '00799999001234567803', bank: '007', says: '<Othr><Id>00799999001234567803</Id></Othr>' },
    { account: 'OM810180000001299123457', bank: 'BMUSOMRX', says: '<Othr><Id>OM810180000001299123457</Id>' },
  ];
  for (const { account, bank, says } of forms) {
    const creditor = { name: 'Fund', account, bank };
    const bytes = orderWriter.write(order([transfer({ creditor })], { debtor: { ...creditor, bank: null } }));
    t.match(bytes.toString('utf8'), says, says);
    t.match(bytes.toString('utf8'), '<Othr><Id>NOTPROVIDED</Id></Othr>', 'the debtor’s bank is wanted');
    assertValid(t, bytes);
  }
  const member = orderWriter.write(
    order([transfer({ creditor: { name: 'Fund', account: '123', bank: '007' } })]),
  );
  t.match(member.toString('utf8'), '<ClrSysMmbId><MmbId>007</MmbId></ClrSysMmbId>');
});

t.test('what cannot be seen, or cannot be an id, is refused', async (t) => {
  const named = (name: string) => orderWriter.faultOf({ name, account: '123', bank: null });
  t.match(named('a\u0000b'), /control character U\+0000/);
  t.match(named('a\nb'), /control character U\+000A/);
  t.match(named('\u202egpj.exe'), /control character U\+202E/, 'what turns the direction');
  t.match(named('\ud800'), /control character U\+D800/, 'half a character');
  t.match(named('  '), /is empty/);
  t.equal(named('الصندوق الوطني'), undefined);
  t.match(orderWriter.faultOf({ name: 'a', account: 'x y', bank: null }), /account/);
  t.match(orderWriter.faultOf({ name: 'a', account: '1', bank: 'a b' }), /bank/);
  t.throws(
    () => orderWriter.write(order([transfer({ text: 'a\u0007' })])),
    /Ustrd holds the control character/,
  );
  t.throws(() => orderWriter.write(order([transfer({ endToEndId: 'a b' })])), /InstrId cannot be/);
  t.throws(
    () => orderWriter.write(order([transfer({ amount: { minor: 0n, currency: 'OMR' } })])),
    /more than zero/,
  );
  const mixed = transfer({ amount: { minor: 1n, currency: 'QAR' } });
  t.throws(() => orderWriter.write(order([transfer(), mixed])), /one currency/);
});

t.test('whatever the names and amounts, an order reads back as it was meant, and is valid', async (t) => {
  const seen = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 300 })
    .filter((name) => orderWriter.faultOf({ name, account: '1', bank: null }) === undefined);
  const minor = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const currency = fc.constantFrom('OMR', 'DZD', 'JPY', 'QAR');
  await fc.assert(
    fc.asyncProperty(
      seen,
      seen,
      fc.array(minor, { minLength: 1, maxLength: 5 }),
      currency,
      async (name, text, minors, ccy) => {
        const [first, ...rest] = minors.map((m, i) =>
          transfer({
            endToEndId: `W0000000000000${i}0`,
            amount: { minor: m, currency: ccy },
            creditor: { name, account: '123', bank: null },
            text,
          }),
        );
        if (first === undefined) return;
        const bytes = orderWriter.write(order([first, ...rest]));
        const read = await readXml(bytes, 1_000_000);
        if (!read.ok) throw new Error(read.reason);
        const payment = childOf(read.root, 'Document', 'CstmrCdtTrfInitn', 'PmtInf');
        const total = minors.reduce((a, b) => a + b, 0n);
        t.equal(textOf(payment, 'CtrlSum'), formatMinor(total, ccy));
        for (const [i, each] of childrenOf(payment, 'CdtTrfTxInf').entries()) {
          t.equal(textOf(each, 'Amt', 'InstdAmt'), formatMinor(minors[i] ?? 0n, ccy));
          t.ok([...(textOf(each, 'Cdtr', 'Nm') ?? '')].length <= 140);
        }
        assertValid(t, bytes);
      },
    ),
    { numRuns: 50 },
  );
});
