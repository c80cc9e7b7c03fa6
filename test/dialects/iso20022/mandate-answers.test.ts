// Answers to requests for mandates, as a bank writes them and as it should not; and ours for banks that are played.
import t from 'tap';
import { mandateAnswerWriter, readMandateAnswers } from '../../../src/dialects/iso20022/index.ts';
import type { MandateAnswer, MandateAnswerFile } from '../../../src/mandates/debits/index.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const assertValid = schemaOf('pain.012.001.05');

const report = (inner: string, version = '05') => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.012.001.${version}"><MndtAccptncRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-24T08:00:00Z</CreDtTm></GrpHdr>
${inner}</MndtAccptncRpt></Document>`;
const details = (result: string, mandate = '<OrgnlMndtId>mnd_1</OrgnlMndtId>') =>
  `<UndrlygAccptncDtls><OrgnlMsgInf><MsgId>WSM1</MsgId><MsgNmId>pain.009.001.05</MsgNmId></OrgnlMsgInf>
   <AccptncRslt>${result}</AccptncRslt><OrgnlMndt>${mandate}</OrgnlMndt></UndrlygAccptncDtls>`;
const read = (text: string) => readMandateAnswers(Buffer.from(text));

t.test('accepted, rejected with reasons, and by either name', async (t) => {
  const whole = `<OrgnlMndt><MndtId>mnd_2</MndtId><MndtReqId>req_2</MndtReqId><TrckgInd>false</TrckgInd>
    <Cdtr><Nm>CNAS</Nm></Cdtr><Dbtr><Nm>x</Nm></Dbtr><DbtrAgt><FinInstnId/></DbtrAgt></OrgnlMndt>`;
  const text = report(
    details('<Accptd>true</Accptd>') +
      details(
        `<Accptd>0</Accptd><RjctRsn><Cd>AC04</Cd></RjctRsn>
         <AddtlRjctRsnInf>الحساب</AddtlRjctRsnInf><AddtlRjctRsnInf>مغلق</AddtlRjctRsnInf>`,
        whole,
      ) +
      details('<Accptd>perhaps</Accptd><RjctRsn><Prtry>Z-9</Prtry></RjctRsn>'),
  );
  const wanted = {
    ok: true,
    reports: [
      {
        messageId: 'BANK-1',
        answers: [
          {
            requestMessageId: 'WSM1',
            requestId: null,
            mandateReference: 'mnd_1',
            verdict: 'accepted',
            reasonCode: null,
            reasonText: null,
          },
          {
            requestMessageId: 'WSM1',
            requestId: 'req_2',
            mandateReference: 'mnd_2',
            verdict: 'rejected',
            reasonCode: 'AC04',
            reasonText: 'الحساب مغلق',
          },
          {
            requestMessageId: 'WSM1',
            requestId: null,
            mandateReference: 'mnd_1',
            verdict: 'unknown',
            reasonCode: 'Z-9',
            reasonText: null,
          },
        ],
      },
    ],
  };
  t.same(await read(text), wanted);
  t.same(await read(text.replaceAll('pain.012.001.05', 'pain.012.001.04')), wanted, 'another version');
  const prefixed = text
    .replace('<?xml version="1.0" encoding="UTF-8"?>', '')
    .replaceAll(/<(\/?)([A-Z])/g, '<$1p:$2')
    .replace('xmlns=', 'xmlns:p=');
  t.same(await read(`<e:Envelope xmlns:e="urn:bank"><e:Body>${prefixed}</e:Body></e:Envelope>`), wanted);
});

t.test('hostile and broken files are refused with the reason', async (t) => {
  const refused = async (text: string, reason: RegExp) => t.match(await read(text), { ok: false, reason });
  await refused('', /empty/);
  await refused('<a/>', /no mandate acceptance report/);
  await refused(report('').slice(0, -20), /not well formed/);
  await refused(report('').replace('pain.012', 'pain.011'), /namespace/);
  await refused(report('').replace('<MsgId>BANK-1</MsgId>', ''), /own message id/);
  await refused(report(details('<Accptd>true</Accptd>', '')), /which mandate/);
  await refused(
    `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${report('<a>&x;</a>')}`,
    /document type/,
  );
  await refused(report('<a>'.repeat(100) + '</a>'.repeat(100)), /deeper than 40/);
  await refused(report('<MsgId/>'.repeat(1_000_000)), /more than 50000 elements/);
  t.match(await read(report('<b/>'.repeat(1_000_000))), { ok: true }, 'what nobody reads is forgotten');
});

t.test('what a bank writes is valid, and read as it was meant', async (t) => {
  const answer = (change: Partial<MandateAnswer>): MandateAnswer => ({
    requestMessageId: 'WSM1',
    requestId: null,
    mandateReference: 'mnd_1',
    verdict: 'accepted',
    reasonCode: null,
    reasonText: null,
    ...change,
  });
  const answers: MandateAnswerFile['answers'] = [
    answer({}),
    answer({ requestId: 'req_2', verdict: 'rejected', reasonCode: 'MD09', reasonText: 'غير مسموح & ممنوع' }),
    answer({ mandateReference: null, requestId: 'req_3' }),
    answer({
      requestMessageId: null,
      verdict: 'rejected',
      reasonCode: 'Z-9',
      reasonText: 'long '.repeat(50).trim(),
    }),
  ];
  const file = { messageId: 'BANK-2', createdAt: new Date('2026-11-24T09:00:00Z'), answers };
  const bytes = Buffer.concat([...mandateAnswerWriter.pieces(file)]);
  assertValid(t, bytes);
  t.same(await readMandateAnswers(bytes), { ok: true, reports: [{ messageId: 'BANK-2', answers }] });
  const refused = (change: Partial<MandateAnswer>, why: RegExp) =>
    t.throws(() => mandateAnswerWriter.pieces({ ...file, answers: [answer(change)] }), why);
  refused({ verdict: 'unknown' }, /accepted or rejected/);
  refused({ mandateReference: null }, /names its mandate/);
  refused({ reasonText: 'a\u0000' }, /control character/);
});

t.test('ten thousand answers are read, however much of each mandate is repeated', async (t) => {
  const mandate = (n: number) =>
    `<OrgnlMndt><MndtId>mnd_${n}</MndtId>${'<Othr><Id>1</Id></Othr>'.repeat(20)}</OrgnlMndt>`;
  const all = Array.from({ length: 10_000 }, (_, n) => details('<Accptd>true</Accptd>', mandate(n))).join('');
  const found = await read(report(all));
  if (!found.ok) throw new Error(found.reason);
  t.equal(found.reports[0]?.answers.length, 10_000);
  t.match(found.reports[0]?.answers[9_999], { mandateReference: 'mnd_9999', verdict: 'accepted' });
});
