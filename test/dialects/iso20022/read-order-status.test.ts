// Answers of banks as banks write them: with and without prefixes, whole or in part; and as nobody should write them.
import t from 'tap';
import { readOrderStatus } from '../../../src/dialects/iso20022/index.ts';

const report = (inner: string, version = '11', group = '') => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-24T08:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>WST1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>
${inner}</CstmrPmtStsRpt></Document>`;

const read = (text: string) => readOrderStatus(Buffer.from(text));

t.test('the whole is accepted or rejected', async (t) => {
  const cases = [
    ['ACCP', 'accepted'],
    ['ACSC', 'accepted'],
    ['RCVD', 'pending'],
    ['PART', 'partly'],
    ['RJCT', 'rejected'],
    ['WHAT', 'unknown'],
    ['constructor', 'unknown'],
  ] as const;
  for (const [code, verdict] of cases) {
    const status = read(report('', '03', `<GrpSts>${code}</GrpSts>`));
    t.match(status, { ok: true, statuses: [{ orderMessageId: 'WST1', whole: { verdict, code } }] }, code);
  }
  t.match(read(report('')), { ok: true, statuses: [{ whole: null, payments: [] }] });
});

t.test('part of an order, with reasons, under prefixes and in an envelope', async (t) => {
  const inner = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>WST1-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>
    <TxInfAndSts><OrgnlEndToEndId>W1</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>
    <TxInfAndSts><OrgnlEndToEndId>W2</OrgnlEndToEndId><TxSts>RJCT</TxSts>
      <StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>رقم الحساب &amp; غير صحيح</AddtlInf></StsRsnInf></TxInfAndSts>
    <TxInfAndSts><OrgnlEndToEndId>W3</OrgnlEndToEndId></TxInfAndSts></OrgnlPmtInfAndSts>`;
  const wanted = {
    ok: true,
    statuses: [
      {
        messageId: 'BANK-1',
        payments: [
          {
            paymentId: 'WST1-1',
            whole: { verdict: 'partly' },
            transfers: [
              { endToEndId: 'W1', standing: { verdict: 'accepted', code: 'ACSP', reasons: [] } },
              {
                endToEndId: 'W2',
                standing: { verdict: 'rejected', reasons: ['AC01 رقم الحساب & غير صحيح'] },
              },
            ],
          },
        ],
      },
    ],
  };
  const plain = report(inner);
  t.match(read(plain), wanted);
  const prefixed = plain
    .replace('<?xml version="1.0" encoding="UTF-8"?>', '')
    .replaceAll(/<(\/?)([A-Z])/g, '<$1p:$2')
    .replace('xmlns=', 'xmlns:p=');
  t.match(read(`<env:Envelope xmlns:env="urn:bank"><env:Body>${prefixed}</env:Body></env:Envelope>`), wanted);
});

t.test('hostile and broken files are refused with the reason', async (t) => {
  const refused = (file: string | Buffer, reason: RegExp) => {
    const status = readOrderStatus(Buffer.from(file));
    t.match(status, { ok: false, reason }, String(reason));
  };
  refused('', /empty/);
  refused('hello', /./);
  refused('<a/>', /no payment status report/);
  refused(report('').slice(0, -20), /not well formed/);
  refused(report('<a></b>'), /not well formed/);
  refused(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${report('<a>&x;</a>')}`, /document type/);
  refused(`<!DOCTYPE lolz [<!ENTITY lol "lol">]><a/>`, /document type/);
  refused(report('<a>'.repeat(100) + '</a>'.repeat(100)), /deeper than 40/);
  refused('<a>'.repeat(100_000), /deeper than 40/);
  refused('<'.repeat(1_000_000), /not well formed/);
  refused('<!--'.repeat(250_000), /not well formed/);
  refused(Buffer.from(report(''), 'utf16le'), /UTF-16|UTF-8/);
  refused(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(report(''), 'utf16le')]), /UTF-16/);
  refused(Buffer.concat([Buffer.from(report('')), Buffer.from([0xc3, 0x28])]), /not in UTF-8/);
  refused(report('').replace('UTF-8', 'ISO-8859-6'), /says that it is in ISO-8859-6/);
  refused(Buffer.alloc(20 * 1024 * 1024 + 1, 32), /at most 20971520/);
  refused(report('').replace('<MsgId>BANK-1</MsgId>', ''), /message id/);
});
