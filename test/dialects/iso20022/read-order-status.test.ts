// Answers of banks as banks write them: with and without prefixes, whole or in part; and as nobody should write them.
import t from 'tap';
import { readOrderStatus } from '../../../src/dialects/iso20022/index.ts';
import { LARGEST_ANSWER_BYTES } from '../../../src/orders/index.ts';

const report = (inner: string, version = '11', group = '') => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-24T08:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>WST1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>
${inner}</CstmrPmtStsRpt></Document>`;

const read = (text: string) => readOrderStatus(Buffer.from(text));

t.test('the whole is accepted or rejected', async (t) => {
  const cases = [
    ['ACCP', 'accepted'],
    ['ACSC', 'settled'],
    ['RCVD', 'pending'],
    ['PART', 'partly'],
    ['RJCT', 'rejected'],
    ['WHAT', 'unknown'],
    ['constructor', 'unknown'],
  ] as const;
  for (const [code, verdict] of cases) {
    const status = await read(report('', '03', `<GrpSts>${code}</GrpSts>`));
    t.match(status, { ok: true, statuses: [{ orderMessageId: 'WST1', whole: { verdict, code } }] }, code);
  }
  t.match(await read(report('')), { ok: true, statuses: [{ whole: null, payments: [] }] });
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
            transactions: [
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
  t.match(await read(plain), wanted);
  const prefixed = plain
    .replace('<?xml version="1.0" encoding="UTF-8"?>', '')
    .replaceAll(/<(\/?)([A-Z])/g, '<$1p:$2')
    .replace('xmlns=', 'xmlns:p=');
  t.match(
    await read(`<env:Envelope xmlns:env="urn:bank"><env:Body>${prefixed}</env:Body></env:Envelope>`),
    wanted,
  );
});

t.test('hostile and broken files are refused with the reason', async (t) => {
  const refused = async (file: string | Buffer, reason: RegExp) => {
    const status = await readOrderStatus(Buffer.from(file));
    t.match(status, { ok: false, reason }, String(reason));
  };
  await refused('', /empty/);
  await refused('hello', /./);
  await refused('<a/>', /no payment status report/);
  await refused(report('').slice(0, -20), /not well formed/);
  await refused(report('<a></b>'), /not well formed at 5:7: unexpected close tag/);
  await refused(report('<a>&nbsp;</a>'), /not well formed at .*: undefined entity/);
  await refused(report('<a>&#1;</a>').replace('1.0', '1.1'), /not well formed at .*: malformed character/);
  const attributes = Array.from({ length: 101 }, (_, n) => `a${n}=""`).join(' ');
  await refused(report(`<a ${attributes}/>`), /too many or too long attributes/);
  await refused(report(`<a b="${'x'.repeat(4097)}"/>`), /too many or too long attributes/);
  await refused(
    `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${report('<a>&x;</a>')}`,
    /document type/,
  );
  await refused(`<!DOCTYPE lolz [<!ENTITY lol "lol">]><a/>`, /document type/);
  await refused(report('<a>'.repeat(100) + '</a>'.repeat(100)), /deeper than 40/);
  await refused('<a>'.repeat(100_000), /deeper than 40/);
  await refused('<'.repeat(1_000_000), /not well formed/);
  await refused('<!--'.repeat(250_000), /not well formed/);
  await refused(Buffer.from(report(''), 'utf16le'), /UTF-16|UTF-8/);
  await refused(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(report(''), 'utf16le')]), /UTF-16/);
  await refused(Buffer.concat([Buffer.from(report('')), Buffer.from([0xc3, 0x28])]), /not in UTF-8/);
  await refused(report('').replace('UTF-8', 'ISO-8859-6'), /says that it is in ISO-8859-6/);
  await refused(Buffer.alloc(LARGEST_ANSWER_BYTES + 1, 32), /at most 16777216/);
  await refused(report('').replace('<MsgId>BANK-1</MsgId>', ''), /message id/);
});

t.test('a report is known by its namespace too', async (t) => {
  const iso = 'urn:iso:std:iso:20022:tech:xsd:';
  const inSpace = (space: string) =>
    read(report('').replace(`xmlns="${iso}pain.002.001.11"`, space === '' ? '' : `xmlns="${space}"`));
  t.match(await inSpace(`${iso}pain.002.001.14`), { ok: true });
  t.match(await inSpace('ISO:pain.002.001.03:APC:STUZZA:payments:003'), { ok: true }, 'as Austrian banks do');
  for (const space of [`${iso}pain.001.001.09`, `${iso}pain.002.002.03`, `${iso}camt.053.001.08`, ''])
    t.match(await inSpace(space), { ok: false, reason: /namespace/ }, space);
});

t.test('the largest answers let other work have its turn', async (t) => {
  const transfer = (n: number) =>
    `<TxInfAndSts><OrgnlEndToEndId>W${n}</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>\n`;
  const many = Array.from({ length: 70_000 }, (_, n) => transfer(n)).join('');
  const bytes = Buffer.from(report(`<OrgnlPmtInfAndSts>${many}</OrgnlPmtInfAndSts>`));
  t.ok(bytes.length > 6_000_000 && bytes.length < 8 * 1024 * 1024);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  const status = await readOrderStatus(bytes);
  clearInterval(timer);
  t.ok(status.ok && status.statuses[0]?.payments[0]?.transactions.length === 70_000);
  t.ok(turns >= 20, `${turns} turns`);
  const dense = (name: string) => Buffer.from(report(`<${name}/>`.repeat(1_000_000)));
  t.match(await readOrderStatus(dense('b')), { ok: true }, 'what nobody reads is forgotten');
  t.match(await readOrderStatus(dense('MsgId')), { ok: false, reason: /more than 50000 elements/ });
  const text = Buffer.from(report(`<b>${'x&amp;'.repeat(1_000_000)}</b>`));
  t.match(await readOrderStatus(text), { ok: false, reason: /text of more than 65536/ });
});

t.test('an answer about ten thousand is read in little more than its bytes', async (t) => {
  const words = (n: number) =>
    `<Orgtr><Nm>بنك</Nm></Orgtr><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>الحساب مغلق ${n}</AddtlInf>`;
  const original = '<Othr><Id>1</Id></Othr>'.repeat(30) + `<Ustrd>${'x'.repeat(600)}</Ustrd>`;
  const one = (n: number) =>
    `<TxInfAndSts><OrgnlEndToEndId>D${n}</OrgnlEndToEndId><TxSts>${n % 3 === 0 ? 'RJCT' : 'ACSC'}</TxSts><StsRsnInf>${words(n)}</StsRsnInf><OrgnlTxRef>${original}</OrgnlTxRef></TxInfAndSts>`;
  const all = Array.from({ length: 10_000 }, (_, n) => one(n)).join('\n');
  const bytes = Buffer.from(report(`<OrgnlPmtInfAndSts>${all}</OrgnlPmtInfAndSts>`));
  t.ok(bytes.length > 15_000_000 && bytes.length < LARGEST_ANSWER_BYTES, String(bytes.length));
  const before = process.memoryUsage().rss;
  const status = await readOrderStatus(bytes);
  const grown = process.memoryUsage().rss - before;
  t.ok(grown < 100 * 1024 * 1024, `grown by ${grown} bytes`);
  const transactions = status.ok ? (status.statuses[0]?.payments[0]?.transactions ?? []) : [];
  t.equal(transactions.length, 10_000);
  t.match(transactions[9_999], {
    endToEndId: 'D9999',
    standing: { verdict: 'rejected', code: 'RJCT', reasons: ['AC04 الحساب مغلق 9999'] },
  });
});
