// Who is told, at which address and in which language; and what an address is.
import fc from 'fast-check';
import t from 'tap';
import { addressHasher, maskAddress, readAddress } from '../../src/confirmations/messages/addresses.ts';
import { chooseRecipients, type ToldEvent } from '../../src/confirmations/messages/choose-recipients.ts';

t.test('addresses: one spelling, nothing that a protocol could stumble over', async (t) => {
  const cases: ['sms' | 'email', string, string | undefined][] = [
    ['sms', '+96824123456', '+96824123456'],
    ['sms', '00968 2412-3456', '+96824123456'],
    ['sms', '+968 (24) 12.34.56', '+96824123456'],
    ['sms', '24123456', undefined],
    ['sms', '+0968241234', undefined],
    ['sms', '+968241234567890123', undefined],
    ['sms', '+96824123456,+96824123457', undefined],
    ['sms', '+٩٦٨٢٤١٢٣٤٥٦', '+96824123456'],
    ['sms', '+۹۶۸ ۲۴۱۲۳۴۵۶', '+96824123456'],
    ['sms', '\u202a+968\u00a02412\u20133456\u202c', '+96824123456'],
    ['sms', '+968/24 12 34 56', '+96824123456'],
    ['sms', '+968 2412 3456 ext. 7', undefined],
    ['sms', '', undefined],
    ['email', 'Fatma.Al-Zahra+x@Example.OM', 'Fatma.Al-Zahra+x@example.om'],
    ['email', ' a@b.co ', 'a@b.co'],
    ['email', 'a@b', undefined],
    ['email', 'a@b.co, c@d.co', undefined],
    ['email', 'a b@c.co', undefined],
    ['email', '"a b"@c.co', undefined],
    ['email', 'a..b@c.co', undefined],
    ['email', '.a@c.co', undefined],
    ['email', 'a@[10.0.0.1]', undefined],
    ['email', 'a@10.0.0.1', undefined],
    ['email', 'a@-b.co', undefined],
    ['email', 'a@b.co\r\nRCPT TO:<x@y.zz>', undefined],
    ['email', 'a\n@b.co', undefined],
    ['email', `${'a'.repeat(65)}@b.co`, undefined],
    ['email', 'فاطمة@example.om', undefined],
  ];
  for (const [medium, text, expected] of cases) t.equal(readAddress(medium, text), expected, text);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found = readAddress('email', text) ?? readAddress('sms', text);
      return found === undefined || /^[!-~]+$/.test(found);
    }),
  );
});

t.test('a hash tells nobody the address, and is the same for the same address', async (t) => {
  const hash = addressHasher(Buffer.alloc(32, 7));
  t.match(hash('sms', '+96824123456'), /^[0-9a-f]{64}$/);
  t.equal(hash('email', 'A@b.co'), hash('email', 'a@b.co'));
  t.not(hash('sms', '+96824123456'), addressHasher(Buffer.alloc(32, 8))('sms', '+96824123456'));
  t.equal(maskAddress('sms', '+96824123456'), '********456');
  t.equal(maskAddress('email', 'fatma@example.om'), 'f****@example.om');
});

const BILLS = ['A', 'B', 'C'].map((billNumber) => ({
  billNumber,
  amount: { value: '10.000', currency: 'OMR' },
}));

function event(more: Partial<ToldEvent>): ToldEvent {
  return {
    isReversal: false,
    at: '2026-11-22T08:00:00.000Z',
    payer: null,
    contacts: [],
    ...more,
    payment: {
      status: 'accepted',
      receiptNumber: '2F-7Q2M-X9ZT-C4WH-J',
      amount: { value: '30.000', currency: 'OMR' },
      fee: { value: '0.200', currency: 'OMR' },
      bills: BILLS,
      ...more.payment,
    },
  };
}

/** Medium, address, language, bills, amount and fee of each. */
function told(more: Partial<ToldEvent>): string[] {
  return chooseRecipients(event(more), 'ar').map(
    ({ medium, address, language, facts }) =>
      `${medium} ${address} ${language} ${facts.bills.join('')} ${facts.amount.value}${facts.fee === undefined ? '' : ` + ${facts.fee.value}`}`,
  );
}

const contact = (billNumber: string, mobile: string | undefined, more: object = {}) => ({
  billNumber,
  contact: { ...(mobile !== undefined && { mobile }), ...more },
});

t.test('the payer whom the channel named is told of all of it, nobody else', async (t) => {
  const contacts = [contact('A', '+96890000001', { language: 'fr' })];
  t.same(told({ payer: { mobile: '+96891111111', email: 'a@b.co', language: 'en' }, contacts }), [
    'sms +96891111111 en ABC 30.000 + 0.200',
    'email a@b.co en ABC 30.000 + 0.200',
  ]);
  t.same(told({ payer: { mobile: '+96891111111' }, contacts }), ['sms +96891111111 fr ABC 30.000 + 0.200']);
  t.same(told({ payer: { mobile: '+96891111111' } }), ['sms +96891111111 ar ABC 30.000 + 0.200']);
});

t.test('else those on the bills, each of his own bills, once for each address', async (t) => {
  const one = '+96890000001';
  const two = '+96890000002';
  t.same(
    told({
      contacts: [contact('A', one, { language: 'en' }), contact('B', two), contact('C', '00968 90000001')],
    }),
    [`sms ${one} en AC 20.000`, `sms ${two} ar B 10.000`],
  );
  t.same(told({ contacts: BILLS.map(({ billNumber }) => contact(billNumber, one)) }), [
    `sms ${one} ar ABC 30.000 + 0.200`,
  ]);
  t.same(told({ payer: { mobile: 'none', language: 'en' }, contacts: [contact('B', two)] }), [
    `sms ${two} ar B 10.000`,
  ]);
  t.same(told({}), []);
  t.same(told({ contacts: [contact('A', undefined, { language: 'en' })] }), []);
  t.same(
    told({
      contacts: [contact('A', undefined, { email: 'x@y.co' }), contact('B', undefined, { email: 'X@y.co' })],
    }),
    ['email x@y.co ar AB 20.000'],
  );
});

t.test('what happened, by event and kind of payment', async (t) => {
  const kind = (status: 'accepted' | 'credited', isReversal: boolean): string | undefined =>
    chooseRecipients(
      event({ isReversal, payer: { mobile: '+96890000001' }, payment: { ...event({}).payment, status } }),
      'en',
    )[0]?.kind;
  t.equal(kind('accepted', false), 'accepted');
  t.equal(kind('accepted', true), 'reversed');
  t.equal(kind('credited', false), 'credited');
  t.equal(kind('credited', true), 'credit-reversed');
  const credit = event({
    payer: { mobile: '+96890000001' },
    payment: { ...event({}).payment, status: 'credited' },
  });
  t.equal(chooseRecipients(credit, 'en')[0]?.facts.fee, undefined, 'the fee is no part of a credit');
});
