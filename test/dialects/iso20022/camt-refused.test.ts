// camt.052, 053 and 054: what is refused where, and what is no fault.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { bal, BOOKED, amt, ntry, stmt, whole } from '../../support/camt-text.ts';
import { faultOf, linesOf } from '../../support/statements.ts';

t.test('a bad file is refused with the place of its fault', async (t) => {
  const good = ntry(amt('10') + BOOKED);
  const summed = (summary: string) =>
    faultOf(stmt(`${bal('OPBD', '0')}${bal('CLBD', '10')}<TxsSummry>${summary}</TxsSummry>${good}`));
  t.equal(await summed('<TtlNtries><NbOfNtries>1</NbOfNtries><Sum>10</Sum></TtlNtries>'), 'read');
  t.equal(await summed('<TtlDbtNtries><NbOfNtries>0</NbOfNtries><Sum>0</Sum></TtlDbtNtries>'), 'read');
  t.match(
    await summed('<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>'),
    /^statement 1: it says that it has 2 entries/,
  );
  t.match(
    await summed('<TtlCdtNtries><Sum>9.9</Sum></TtlCdtNtries>'),
    /^statement 1: the sum of credit entries/,
  );
  t.match(await faultOf(whole('9', good)), /^statement 1 \(S1, .*make 10\.000 OMR/);
  t.match(await faultOf(stmt(bal('CLBD', '10') + good)), /it says no opening balance/);
  t.match(await faultOf(stmt(bal('OPBD', '0') + good)), /it says no closing balance/);
  t.match(
    await faultOf(stmt(bal('OPBD', '0') + good + bal('CLBD', '10'))),
    /a balance stands after its entries/,
  );
  const second = async (entry: string) => faultOf(whole('10', good, entry));
  t.match(
    await second(ntry(amt('1.0001') + BOOKED)),
    /^entry 2 of statement 1: "1.0001" has more decimals than OMR/,
  );
  t.match(await second(ntry(amt('1e3') + BOOKED)), /^entry 2 of statement 1: "1e3" is no amount/);
  t.match(await second(ntry(amt('-1') + BOOKED)), /is no amount/);
  const commaed = /^entry 2 of statement 1: "5,000" has a comma: in camt a point stands before decimals/;
  t.match(await second(ntry(amt('5,000') + BOOKED)), commaed);
  t.match(await faultOf(whole('10,000', good)), /^closing balance of statement 1: .*has a comma/);
  t.match(
    await second(ntry(amt('1').replace('OMR', 'USD') + BOOKED)),
    /it is in "USD", while the account is in OMR/,
  );
  t.match(await second(ntry(amt('1', 'BOTH') + BOOKED)), /neither CRDT nor DBIT/);
  t.match(
    await second(ntry(amt('1') + BOOKED.replace('2026-03-01', '2026-02-30'))),
    /"2026-02-30" is no date/,
  );
  t.match(
    await second(ntry(`${amt('1')}<Sts>BOOK</Sts>`)),
    /^entry 2 of statement 1: it says no day of booking/,
  );
  t.match(await faultOf(whole('0').replaceAll('OMR', 'XTS')), /"XTS" is no currency/);
  t.equal(await faultOf(whole('0.0000')), 'read', 'zeros behind the last decimal are no fault');
});

t.test('a balance that is said twice is one, or the file is refused', async (t) => {
  const good = ntry(amt('10') + BOOKED);
  const said = (...balances: string[]) => faultOf(stmt(balances.join('') + good));
  const interim = (code: string, amount: string) =>
    bal(code, amount).replace('</CdOrPrtry>', '</CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>');
  const [opening, closing] = [bal('OPBD', '0'), bal('CLBD', '10')];
  t.equal(await said(opening, opening, closing, bal('CLBD', '10.00')), 'read');
  t.equal(
    await said(opening, bal('OPBD', '1'), closing),
    'opening balance of statement 1: it is said twice (OPBD): 0.000 and 1.000',
  );
  t.match(await said(opening, bal('OPBD', '1'), closing, bal('CLBD', '11')), /^opening balance/);
  t.match(
    await said(opening, closing, closing, bal('CLBD', '10', 'DBIT')),
    /^closing balance of statement 1: .* \(CLBD\): 10\.000 and -10\.000$/,
  );
  t.match(await said(bal('PRCD', '0'), bal('PRCD', '1'), closing), /^opening balance .*PRCD/);
  t.equal(await said(bal('ITBD', '0'), bal('ITBD', '4'), bal('ITBD', '10')), 'read', 'pages: first and last');
  const page = [bal('OPBD', '7'), interim('OPBD', '0'), interim('CLBD', '10'), bal('CLBD', '12')];
  t.equal(await said(...page), 'read', 'a page that tells its own balances and those of the whole');
});

t.test('samples of banks are read', async (t) => {
  const folder = path.resolve(import.meta.dirname, '../../../../shared/iso20022/samples');
  if (!existsSync(folder)) return;
  const sample = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  t.match(await linesOf(sample('camt053.v2.multi.statement.xml')), [{ minor: 885n }, { minor: -700n }]);
  t.match(await linesOf(sample('camt054.v8.xml')), [{ minor: -20_000_000n, messageId: 'UXC06170000006' }]);
  // This one closes in another currency than it opens.
  t.match(await faultOf(sample('camt053.v8.xml')), /^closing balance of statement 1: it is in "SEK"/);
  const repaired = sample('camt053.v8.xml').replace(
    /"SEK">27.00<\/Amt>\s*<CdtDbtInd>DBIT/,
    '"EUR">27.00</Amt><CdtDbtInd>CRDT',
  );
  t.match(await linesOf(repaired), [
    {
      minor: 885n,
      counterparty: 'NAME NAME',
      text: '4654654654654654',
      bookedAt: new Date('2014-12-31T12:15:00Z'),
    },
  ]);
});
