// Requests for mandates: valid against the schema where it is at hand, and the same without it by their form.
import t from 'tap';
import { mandateRequestWriter } from '../../../src/dialects/iso20022/index.ts';
import type { MandateRequest, MandateRequestFile } from '../../../src/mandates/debits/index.ts';
import { mandateRequest as request } from '../../support/filed-debits.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const assertValid = schemaOf('pain.009.001.05');

const fileOf = (...requests: MandateRequestFile['requests']): MandateRequestFile => ({
  messageId: 'WSM06FHP0C6DM000G8K2N5V7W9XQZ',
  createdAt: new Date('2026-11-24T05:30:00.123Z'),
  sender: 'Wasit & Co',
  requests,
});

const write = (file: MandateRequestFile) => Buffer.concat([...mandateRequestWriter.pieces(file)]);

t.test('a request says who allows whom to take how much, and when', async (t) => {
  const full = request({
    collectOnDays: [5],
    validUntil: '2027-11-30',
    firstCollectionOn: '2026-12-06',
    finalCollectionOn: '2027-11-05',
    signedOn: '2026-11-20',
    creditorSchemeId: 'DZ99ZZZ0001',
    ultimateCreditor: 'CNAS & fils',
    debtor: { name: 'Sahra Bau', account: 'OM040280000012345678901', bank: 'BMUSOMRX' },
    perDebit: { minor: 125_500n, currency: 'OMR' },
  });
  const bytes = write(fileOf(full, request()));
  const text = bytes.toString('utf8');
  for (const part of [
    '<InitgPty><Nm>Wasit &amp; Co</Nm></InitgPty>',
    '<MndtId>mnd_06fhp0c6dm000g8k2n5v7w9xqz</MndtId><MndtReqId>mnd_06fhp0c6dm000g8k2n5v7w9xqz-1</MndtReqId>',
    '<Authntcn><Dt>2026-11-20</Dt></Authntcn>',
    '<SeqTp>RCUR</SeqTp><Frqcy><PtInTm><Tp>MNTH</Tp><PtInTm>05</PtInTm></PtInTm></Frqcy>',
    '<Drtn><FrDt>2026-12-01</FrDt><ToDt>2027-11-30</ToDt></Drtn>',
    '<FrstColltnDt>2026-12-06</FrstColltnDt><FnlColltnDt>2027-11-05</FnlColltnDt>',
    '<MaxAmt Ccy="OMR">125.500</MaxAmt>',
    '<DbtrAcct><Id><IBAN>OM040280000012345678901</IBAN></Id></DbtrAcct>',
    '<DbtrAgt><FinInstnId><BICFI>BMUSOMRX</BICFI></FinInstnId></DbtrAgt>',
    '<UltmtCdtr><Nm>CNAS &amp; fils</Nm></UltmtCdtr><Dbtr><Nm>Sahra Bau</Nm></Dbtr>',
    '<Frqcy><Tp>ADHO</Tp></Frqcy><Drtn><FrDt>2026-12-01</FrDt></Drtn>',
    '<MaxAmt Ccy="DZD">500000.00</MaxAmt>',
    '<Dbtr><Nm>فاطمة</Nm></Dbtr>',
    '<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>',
  ])
    t.ok(text.includes(part), part);
  t.same(write(fileOf(full, request())), bytes, 'the same bytes');
  assertValid(t, bytes);
});

t.test('several days, one debit only, and a bank’s code that the older schema does not take', async (t) => {
  const debtor = { name: 'a', account: '123', bank: '1234DZAL' };
  const bytes = write(fileOf(request({ collectOnDays: [1, 15], sequence: 'OOFF', debtor })));
  const text = bytes.toString('utf8');
  t.ok(text.includes('<SeqTp>OOFF</SeqTp><Frqcy><Prd><Tp>MNTH</Tp><CntPerPrd>2</CntPerPrd></Prd></Frqcy>'));
  t.ok(text.includes('<ClrSysMmbId><MmbId>1234DZAL</MmbId></ClrSysMmbId>'));
  assertValid(t, bytes);
});

t.test('what is wrong is refused before the first piece', async (t) => {
  const refused = (change: Partial<MandateRequest>, why: RegExp) =>
    t.throws(() => mandateRequestWriter.pieces(fileOf(request(), request(change))), why);
  refused({ perDebit: { minor: 0n, currency: 'DZD' } }, /more than zero/);
  refused({ collectOnDays: [32] }, /from 1 to 31/);
  refused({ collectOnDays: [1.5] }, /from 1 to 31/);
  refused({ requestId: 'a b' }, /MndtReqId cannot be/);
  refused({ validFrom: 'soon' }, /FrDt cannot be/);
  refused({ debtor: { name: '\u0000', account: '1', bank: null } }, /Nm holds/);
  t.match(mandateRequestWriter.faultOf({ name: 'a', account: 'x y', bank: null }), /account/);
});
