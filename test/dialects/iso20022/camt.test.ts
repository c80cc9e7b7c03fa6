// camt.052, 053 and 054 of any version: what a line says, and which entries are lines.
import t from 'tap';
import { ACCOUNT, bal, BOOKED, amt, ntry, inDocument, stmt, whole } from '../../support/camt-text.ts';
import { faultOf, headsOf, linesOf, partsOf } from '../../support/statements.ts';

t.test('one line says all that the bank says', async (t) => {
  const entry = ntry(`${amt('12.5')}<RvslInd>false</RvslInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><DtTm>2026-03-01T23:30:00+04:00</DtTm></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt>
    <AcctSvcrRef>B1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls><TxDtls><Refs><MsgId>M1</MsgId><PmtInfId>P1</PmtInfId><EndToEndId>E1</EndToEndId></Refs>
    <Amt Ccy="OMR">99</Amt><RltdPties><Dbtr><Pty><Nm>شركة</Nm></Pty></Dbtr>
    <DbtrAcct><Id><Othr><Id>77 88</Id></Othr></Id></DbtrAcct></RltdPties>
    <RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>
    <AddtlTxInf>three</AddtlTxInf></TxDtls></NtryDtls><AddtlNtryInf>four</AddtlNtryInf>`);
  t.strictSame(await linesOf(whole('12.500', entry)), [
    {
      entry: 1,
      minor: 12_500n,
      bookedOn: '2026-03-01',
      bookedAt: new Date('2026-03-01T19:30:00Z'),
      valuedOn: '2026-03-02',
      isReversal: false,
      bankReference: 'B1',
      sumReference: null,
      endToEndId: 'E1',
      messageId: 'M1',
      paymentInfoId: 'P1',
      code: 'PMNT/RCDT/ESCT',
      returnReason: null,
      counterparty: 'شركة',
      counterpartyAccount: '7788',
      text: 'one\ntwo\nRF18\nthree\nfour',
      place: 'entry 1 of statement 1',
    },
  ]);
});

t.test('version 2, prefixes, and what is not booked yet', async (t) => {
  const old = (status: string) =>
    ntry(`${amt('3', 'DBIT')}<RvslInd>true</RvslInd><Sts>${status}</Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt>
      <BkTxCd><Prtry><Cd>544</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
      <RltdPties><Cdtr><Nm>Payee</Nm></Cdtr></RltdPties><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>`);
  const file = stmt(
    bal('PRCD', '1') + bal('CLBD', '2.000', 'DBIT') + old('PDNG') + old('BOOK') + old('INFO'),
    'S1',
    '053.001.02',
  );
  const expected = [
    {
      entry: 2,
      minor: -3000n,
      isReversal: true,
      endToEndId: null,
      counterparty: 'Payee',
      code: '544',
      returnReason: 'AC04',
    },
  ];
  t.match(await linesOf(file), expected);
  t.match(
    await linesOf(file.replace(/<(\/?)/g, '<$1p:').replace('xmlns=', 'xmlns:p=')),
    expected,
    'with prefixes',
  );
  t.match(await faultOf(file.replaceAll('BOOK', 'LOST')), /^entry 2 of statement 1: its status is "LOST"/);
});

t.test('transactions are lines of their own where they add up to their entry', async (t) => {
  const tx = (amount: string, id: string) =>
    `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${amount}<RmtInf><Ustrd>bill ${id}</Ustrd></RmtInf></TxDtls>`;
  const batch = (...inner: string[]) =>
    ntry(
      `${amt('10')}${BOOKED}<NtryDtls><Btch><MsgId>M</MsgId><PmtInfId>P</PmtInfId></Btch>${inner.join('')}</NtryDtls>`,
    );
  const shown = async (entry: string) =>
    (await linesOf(whole('10', entry))).map((line) => [
      line.minor,
      line.endToEndId,
      line.messageId,
      line.text,
    ]);
  const two = [
    [4000n, 'A', 'M', 'bill A'],
    [6000n, 'B', 'M', 'bill B'],
  ];
  t.strictSame(await shown(batch(tx('<Amt Ccy="OMR">4</Amt>', 'A'), tx('<Amt Ccy="OMR">6</Amt>', 'B'))), two);
  const details = (amount: string) =>
    `<AmtDtls><InstdAmt><Amt Ccy="USD">1</Amt></InstdAmt><TxAmt><Amt Ccy="OMR">${amount}</Amt></TxAmt></AmtDtls>`;
  t.strictSame(await shown(batch(tx(details('4'), 'A'), tx(details('6'), 'B'))), two, 'amounts of version 2');
  t.strictSame(
    await shown(batch(tx(amt('14'), 'A'), tx(amt('4', 'DBIT'), 'B'))),
    [
      [14_000n, 'A', 'M', 'bill A'],
      [-4000n, 'B', 'M', 'bill B'],
    ],
    'signed by themselves',
  );
  const one = [[10_000n, null, 'M', 'bill A\nbill B']];
  t.strictSame(await shown(batch(tx(amt('4'), 'A'), tx(amt('5'), 'B'))), one, 'they do not add up');
  t.strictSame(await shown(batch(tx('', 'A'), tx(amt('6'), 'B'))), one, 'one says no amount');
  t.strictSame(await shown(batch()), [[10_000n, null, 'M', '']], 'a batch without its transactions');
  const charged = batch(tx(amt('4'), 'A'), tx(amt('7'), 'B')).replace(
    '<NtryDtls>',
    '<Chrgs><Rcrd><Amt Ccy="OMR">1</Amt></Rcrd></Chrgs><NtryDtls>',
  );
  t.strictSame(
    await shown(charged),
    [
      [4000n, 'A', 'M', 'bill A'],
      [7000n, 'B', 'M', 'bill B'],
      [-1000n, null, 'M', ''],
    ],
    'less what the bank kept',
  );
});

t.test('several statements, pages and notifications', async (t) => {
  const one = (id: string, more = '') =>
    `<Stmt><Id>${id}</Id>${more}<ElctrncSeqNb>7</ElctrncSeqNb>${ACCOUNT}${bal('OPBD', '0')}${bal('CLBD', '0')}</Stmt>`;
  const file = (...inner: string[]) => inDocument('BkToCstmrStmt', inner.join(''), '053.001.08');
  t.match(await headsOf(file(one('A'), one('B'))), [
    {
      reference: 'A',
      sequence: '7',
      account: 'OM810180000001299123456',
      opening: { minor: 0n, on: '2026-03-01' },
    },
    { reference: 'B' },
  ]);
  t.match(
    await faultOf(file(one('A'), one('B'), one('A'))),
    /^statement 3: the statement A .* twice, first at statement 1/,
  );
  const page = '<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>';
  t.match(await headsOf(file(one('A'), one('A', page))), [{ sequence: '7' }, { sequence: '7/2' }]);
  const interim = stmt(bal('ITBD', '1') + bal('ITBD', '3') + ntry(amt('2') + BOOKED));
  t.equal(await faultOf(interim), 'read', 'a page between two others');

  const notified = (inner: string, account = ACCOUNT) =>
    inDocument('BkToCstmrDbtCdtNtfctn', `<Ntfctn><Id>N</Id>${account}${inner}</Ntfctn>`, '054.001.02');
  t.match(await partsOf(notified(ntry(amt('2') + BOOKED))), [
    { head: { form: 'notification', opening: null } },
    { line: { minor: 2000n } },
    { tail: { closing: null } },
  ]);
  const bare = ACCOUNT.replace('<Ccy>OMR</Ccy>', '');
  t.match(
    await headsOf(notified(ntry(amt('2') + BOOKED), bare)),
    [{ currency: 'OMR' }],
    'the currency of its entries',
  );
  t.match(
    await headsOf(notified('', bare), { currencyOf: () => 'OMR' }),
    [{ currency: 'OMR' }],
    'that of the account',
  );
  t.match(await faultOf(notified('', bare)), /nothing says in which currency/);
  t.match(
    await faultOf(notified(ntry(amt('2') + BOOKED), bare), { currencyOf: () => 'USD' }),
    /while the account is in USD/,
  );
  const report = inDocument(
    'BkToCstmrAcctRpt',
    `<Rpt><Id>R</Id>${ACCOUNT}${ntry(amt('2') + BOOKED)}</Rpt>`,
    '052.001.08',
  );
  t.match(await headsOf(report), [{ form: 'notification', reference: 'R' }]);
});
