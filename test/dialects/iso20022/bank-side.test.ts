// What banks read and write, for those that are played: what our writers say is what a bank hears, and its word is heard.
import fc from 'fast-check';
import t from 'tap';
import {
  debitWriter,
  mandateRequestWriter,
  readDebitOrders,
  readMandateRequests,
  readOrderStatus,
  writeStatus,
} from '../../../src/dialects/iso20022/index.ts';
import type {
  DebitOrderFile,
  FiledDebit,
  MandateRequest,
  MandateRequestFile,
} from '../../../src/mandates/debits/index.ts';
import { debitFile, filedDebit, mandateRequest } from '../../support/filed-debits.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const assertValid = schemaOf('pain.002.001.11');

const debit = (change: Partial<FiledDebit> = {}): FiledDebit =>
  filedDebit({ endToEndId: 'D0', text: '12 chantiers & <plus>', ...change });

const orders = (debits: DebitOrderFile['debits'], change: Partial<DebitOrderFile> = {}): DebitOrderFile =>
  debitFile(debits, { createdAt: new Date('2026-11-24T05:30:00Z'), ...change });

const bytesOf = (file: DebitOrderFile) => Buffer.concat([...debitWriter.pieces(file)]);

t.test('debit orders are read as they were written', async (t) => {
  const plain = orders([debit(), debit({ endToEndId: 'D1', amount: { minor: 1n, currency: 'DZD' } })]);
  t.same(await readDebitOrders(bytesOf(plain)), { ok: true, file: plain });
  const other = orders(
    [debit({ debtor: { name: 'Fund', account: 'OM040280000012345678901', bank: null } })],
    {
      sequence: 'OOFF',
      creditorSchemeId: 'DZ99ZZZ0001',
      ultimateCreditor: 'CNAS & <agence>',
      creditor: { name: 'Fund', account: '123', bank: null },
    },
  );
  t.same(await readDebitOrders(bytesOf(other)), { ok: true, file: other });
  const seen = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 100 })
    .map((name) => name.trim())
    .filter((name) => debitWriter.faultOf({ name, account: '1', bank: null }) === undefined);
  await fc.assert(
    fc.asyncProperty(
      seen,
      fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }),
      fc.constantFrom('OMR', 'DZD', 'JPY'),
      async (name, minor, currency) => {
        const one = debit({ amount: { minor, currency }, debtor: { name, account: '1', bank: null } });
        const file = orders([one]);
        t.same(await readDebitOrders(bytesOf(file)), { ok: true, file });
      },
    ),
    { numRuns: 50 },
  );
});

t.test('ten thousand debits are read, and a part that was lost is noticed', async (t) => {
  const all = Array.from({ length: 10_000 }, (_, n) => debit({ endToEndId: `D${n}` }));
  const [first = debit(), ...rest] = all;
  const read = await readDebitOrders(bytesOf(orders([first, ...rest])));
  t.match(read, { ok: true });
  t.equal(read.ok && read.file.debits.length, 10_000);
  const text = bytesOf(orders([debit(), debit({ endToEndId: 'D1' })])).toString('utf8');
  const refused = async (change: (text: string) => string, reason: RegExp) =>
    t.match(await readDebitOrders(Buffer.from(change(text))), { ok: false, reason });
  await refused((each) => each.replace(/<DrctDbtTxInf>.*?<\/DrctDbtTxInf>/, ''), /other orders than/);
  await refused((each) => each.replace('>12500.05<', '>12500.06<'), /other orders than/);
  await refused((each) => each.replace('>12500.05<', '>12500.055<'), /no amount/);
  await refused((each) => each.replace('Ccy="DZD">12500.05', 'Ccy="OMR">12500.050'), /several currencies/);
  await refused((each) => each.replace('<SeqTp>RCUR', '<SeqTp>FRST'), /neither RCUR nor OOFF/);
  await refused((each) => each.replace(/<CreDtTm>[^<]*/, '<CreDtTm>soon'), /no time/);
  await refused((each) => each.replaceAll('CstmrDrctDbtInitn', 'CstmrCdtTrfInitn'), /no debit order/);
  await refused((each) => each.replaceAll('EndToEndId', 'TxId'), /PmtId\/EndToEndId/);
  await refused((each) => each.slice(0, -30), /not well formed/);
});

t.test('requests for mandates are read as they were written, but for their days', async (t) => {
  const request = mandateRequest({ requestId: 'mnd_1-1', mandateReference: 'mnd_1' });
  const full: MandateRequest = {
    ...request,
    requestId: 'mnd_2-1',
    sequence: 'OOFF',
    collectOnDays: [1, 15],
    validUntil: '2027-11-30',
    firstCollectionOn: '2026-12-06',
    finalCollectionOn: '2027-11-05',
    signedOn: '2026-11-20',
    ultimateCreditor: 'CNAS & <agence>',
    creditorSchemeId: 'DZ99ZZZ0001',
  };
  const file: MandateRequestFile = {
    messageId: 'WSM1',
    createdAt: new Date('2026-11-24T05:30:00Z'),
    sender: 'Wasit & Co',
    requests: [request, full],
  };
  const bytes = Buffer.concat([...mandateRequestWriter.pieces(file)]);
  const heard = file.requests.map(({ collectOnDays, ...each }) => (t.ok(collectOnDays), each));
  t.same(await readMandateRequests(bytes), { ok: true, file: { ...file, requests: heard } });
  t.match(await readMandateRequests(bytesOf(orders([debit()]))), { ok: false, reason: /no request/ });
});

t.test('a status report of a played bank is valid, and read as it was meant', async (t) => {
  const refused = { code: 'RJCT', reasons: ['AM04 الرصيد لا يكفي & more', 'words alone'] };
  const bytes = writeStatus({
    messageId: 'BANK-1',
    createdAt: new Date('2026-11-24T09:00:00Z'),
    orderMessageId: 'WSD1',
    orderMessage: 'pain.008.001.08',
    whole: { code: 'PART', reasons: [] },
    payments: [
      {
        paymentId: 'WSD1-1',
        whole: null,
        transactions: [
          { endToEndId: 'D0', standing: { code: 'ACSC', reasons: [] } },
          { endToEndId: 'D1', standing: refused },
        ],
      },
    ],
  });
  assertValid(t, bytes);
  t.same(await readOrderStatus(bytes), {
    ok: true,
    statuses: [
      {
        messageId: 'BANK-1',
        orderMessageId: 'WSD1',
        whole: { verdict: 'partly', code: 'PART', reasons: [] },
        payments: [
          {
            paymentId: 'WSD1-1',
            whole: null,
            transactions: [
              { endToEndId: 'D0', standing: { verdict: 'settled', code: 'ACSC', reasons: [] } },
              { endToEndId: 'D1', standing: { verdict: 'rejected', ...refused } },
            ],
          },
        ],
      },
    ],
  });
});
