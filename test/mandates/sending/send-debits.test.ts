// From the plan to the bank: built on its day with what is owed then, in files that go once, and the bank's word noted.
import t from 'tap';
import { setBankLink } from '../../../src/mandates/index.ts';
import { act } from '../../support/mandates.ts';
import {
  bankAnswers,
  debitEvents,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
} from '../../support/sending.ts';
import { ACTOR, addBills, done, MASTER_KEY } from '../../support/world.ts';

const PLAN = '2026-11-27T06:00:00Z';
const SEND = '2026-11-29T06:00:00Z';

t.test('built on its day, in one file, sent once, and the answer noted', async (t) => {
  const world = await makeSendingWorld(t);
  const { db } = world;
  const id = await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2', { account: { number: '0079999900123456', holder: 'Sohar Trading' } });
  await addBills(db, 'om', [
    { number: 'D-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-28' },
    { number: 'D-2', payer: 'S-1', amount: '50.500', dueOn: '2026-11-30' },
    { number: 'D-3', payer: 'S-2', amount: '7.000', dueOn: '2026-11-30' },
  ]);
  t.equal((await workDebits(world, PLAN)).size, 0, 'planned, not to be sent yet');
  t.match(await debitsSeen(world), [
    { state: 'planned', amount_minor: 150_500n, collect_on: '2026-11-30', send_on: '2026-11-29', way: null },
    { state: 'planned', amount_minor: 7_000n },
  ]);
  const tools = { masterKey: MASTER_KEY, allowedNetworks: [] };
  done(await setBankLink(db, 'bank', { bic: 'BMUSOMRX' }, tools, ACTOR));
  const files = await workDebits(world, SEND);
  t.equal(files.size, 1);
  const [[name, text] = ['', '']] = files;
  t.match(name, /^om-social_debits_2026-11-30_WST[0-9A-Z]{26}\.xml$/);
  t.match(text, '<ReqdColltnDt>2026-11-30</ReqdColltnDt>');
  t.match(text, '<InstdAmt Ccy="OMR">150.500</InstdAmt>');
  t.match(text, `<MndtId>${id}</MndtId>`);
  t.match(text, '<IBAN>OM810180000001299123456</IBAN>');
  t.match(text, '<Othr><Id>0079999900123456</Id></Othr>');
  t.match(text, '<Ustrd>om-social D-1 D-2</Ustrd>');
  t.match(text, 'Wasit Operations');
  t.match(text, '<DbtrAgt><FinInstnId><BICFI>BMUSOMRX</BICFI></FinInstnId></DbtrAgt>', 'its bank by name');
  const [one, two] = await debitsSeen(world);
  if (one === undefined || two === undefined) throw new Error('there are no two debits');
  t.match(
    [one, two],
    [
      { state: 'sent', way: 'file', steps: ['planned', 'built', 'sent'] },
      { state: 'sent', steps: ['planned', 'built', 'sent'] },
    ],
  );
  t.same(await workDebits(world), files, 'one file however often the worker runs');
  t.same(await debitEvents(world, one.debit_id), ['debit.announced', 'debit.sent']);

  const { outcome } = await bankAnswers(world, [
    [one, 'ACSC'],
    [two, 'RJCT'],
  ]);
  t.match(outcome, { accepted: 1, rejected: 1, undecided: 0, unknownCount: 0, conflictCount: 0 });
  const words = await db.transaction((tx) => tx.query('select * from debit_word order by verdict desc'));
  t.match(words, [
    { verdict: 'settled', code: null, booked_at: null },
    { verdict: 'rejected', code: 'AC01', text: 'AC01', source: /^WST/ },
  ]);
  t.match(await bankAnswers(world, [[one, 'RJCT']]), { outcome: { conflicts: [/^WSTD/], rejected: 0 } });
  t.match(await bankAnswers(world, [[one, 'PDNG']]), { outcome: { undecided: 1 } });
});

t.test('what has changed since it was planned is seen when it is built', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency } = world;
  for (const payer of ['S-1', 'S-2', 'S-3', 'S-4']) await mandateFor(world, payer);
  const gone = await mandateFor(world, 'S-5');
  const dueOn = '2026-11-30';
  await addBills(db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'A-2', payer: 'S-1', amount: '20.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '30.000', dueOn },
    { number: 'C-1', payer: 'S-3', amount: '40.000', dueOn },
    { number: 'D-1', payer: 'S-4', amount: '40.000', dueOn },
    { number: 'E-1', payer: 'S-5', amount: '60.000', dueOn },
  ]);
  await workDebits(world, PLAN);
  const put = (number: string, payerId: string, value: string, due = dueOn) =>
    agency.send('PUT', `/v1/bills/${number}`, {
      payerId,
      payerName: 'Al Noor',
      description: 'Contribution',
      amount: { value, currency: 'OMR' },
      dueOn: due,
    });
  const paid = await world.client('bank').pay({
    billerCode: 'om-social',
    bills: [{ billNumber: 'A-1', amount: { value: '10.000', currency: 'OMR' } }],
  });
  t.equal(paid.status, 201, paid.text);
  t.equal((await put('A-2', 'S-1', '15.000')).status, 200);
  t.equal((await put('B-1', 'S-2', '600.000')).status, 200);
  t.equal((await put('C-1', 'S-3', '40.000', '2026-12-20')).status, 200);
  await act(agency, gone, 'cancellation', { reason: 'left' });
  const files = await workDebits(world, SEND);
  t.match([...files.values()].join(''), '<NbOfTxs>2</NbOfTxs>');
  t.match(await debitsSeen(world), [
    { state: 'sent', amount_minor: 15_000n, bills: ['A-1 paid-elsewhere', 'A-2'] },
    { state: 'held', why: 'per-debit', amount_minor: 600_000n, bills: ['B-1'] },
    { state: 'dropped', why: 'nothing-left', bills: ['C-1 withdrawn'] },
    { state: 'sent', amount_minor: 40_000n, bills: ['D-1'] },
    { state: 'dropped', why: 'mandate-cancelled', bills: ['E-1 withdrawn'] },
  ]);
});
