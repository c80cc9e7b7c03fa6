// The ordinary way of a remittance: planned with its batch, ordered on its day, with the bank, proved.
import t from 'tap';
import { addBiller } from '../../../src/billers/index.ts';
import { setAgreement } from '../../../src/channels/index.ts';
import { confirmRemittance } from '../../../src/settlement/remittances/index.ts';
import {
  balances,
  changeBank,
  close,
  collect,
  EVENING,
  eventsOf,
  makeRemitWorld,
  planned,
  setAccount,
  setTerms,
  standing,
  work,
} from '../../support/remit-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('a batch is remitted on its day, once, and followed to its proof', async (t) => {
  const world = await makeRemitWorld(t, { days: 3 });
  const { db } = world;
  const one = await planned(world);
  // T+3 of a Sunday is Wednesday; the bank wants a day, so Tuesday.
  t.match(one, {
    state: 'approved',
    held: null,
    valueDate: '2026-11-25',
    executeOn: '2026-11-24',
    late: false,
  });
  t.match(one.endToEndId, /^W[0-9A-Z]{14}0$/);
  t.match(await balances(db, OM), { 'biller/in-transit': -125_500n });
  t.notOk('biller/payable' in (await balances(db, OM)), 'nothing else is owed');

  t.equal((await work(world, '2026-11-23T09:59:00Z')).size, 0, 'not its day yet');
  t.equal(
    (await work(world, '2026-11-23T10:00:00Z')).size,
    1,
    'after the cut-off of its bank it is the next day',
  );
  const files = await work(world, '2026-11-24T06:00:00Z');
  t.equal(files.size, 1, 'one file however often the job runs');
  const [[name, text] = ['', '']] = files;
  t.match(name, /^ours-omr_2026-11-24_WST[0-9A-Z]{26}\.xml$/);
  t.match(text, `<EndToEndId>${one.endToEndId}</EndToEndId>`);
  t.match(text, '<InstdAmt Ccy="OMR">125.500</InstdAmt>');
  t.match(text, '<ReqdExctnDt><Dt>2026-11-24</Dt></ReqdExctnDt>');
  t.match(text, 'صندوق om-social');
  t.match(await standing(db, one.remittanceId), { state: 'sent', sent_at: Date });
  t.match(await balances(db, OM), { 'biller/in-transit': -125_500n }, 'nothing is booked by sending');
  const [sent] = await eventsOf(db, OM);
  t.match(sent, {
    type: 'remittance.sent',
    payload: { amount: { value: '125.500', currency: 'OMR' }, state: 'sent', businessDate: '2026-11-22' },
  });
  t.notMatch(JSON.stringify(sent), '00799999001234567803', 'the number of the account is masked');

  const confirm = () =>
    db.transaction((tx) =>
      confirmRemittance(tx, { billerId: OM, remittanceId: one.remittanceId, proof: 'statement 7' }),
    );
  t.match(await confirm(), { state: 'confirmed', reason: 'statement 7' });
  t.match(await confirm(), { state: 'confirmed' }, 'said twice, booked once');
  const after = await balances(db, OM);
  t.equal(after['bank/1'], -125_500n);
  t.notOk('biller/in-transit' in after);
  const types = (await eventsOf(db, OM)).map((event) => event.type);
  t.same(types, ['remittance.sent', 'remittance.confirmed']);
});

t.test('billers of one currency share a file; each account of ours has its own', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const settings = {
    name: { en: 'Water' },
    currency: 'OMR',
    timeZone: 'Asia/Muscat',
    cutOff: '16:00',
  } as const;
  done(await addBiller(db, 'om-water', settings, ACTOR));
  const since = new Date('2026-01-01T00:00:00Z');
  const agreed = { billerCode: 'om-water', channelCode: 'bank' };
  done(await setAgreement(db, agreed, { route: 'via-operator' }, ACTOR, since));
  await setAccount(db, 'om-water', '', { holder: 'Water', paysFrom: 'ours-omr' });
  await setTerms(db, { approveAboveMinor: '1000000000' });
  await collect(world, { '': '10.000' });
  await collect(world, { '': '20.00' }, { biller: 'eg' });
  const water = { id: 4, code: 'om-water', currency: 'OMR' } as const;
  await collect(world, { '': '30.000' }, { of: water });
  await setClock(db, EVENING);
  for (const biller of [BILLERS.om, BILLERS.eg, water]) await close(world, biller);
  const files = [...(await work(world)).values()];
  t.equal(files.length, 2);
  t.same(files.map((text) => text.match(/<EndToEndId>/g)?.length).sort(), [1, 2]);
  t.ok(files.some((text) => text.includes('<CtrlSum>40.000</CtrlSum>')));
});

t.test('units with an account of their own are paid there, the others to the biller', async (t) => {
  const world = await makeRemitWorld(t);
  await collect(world, { cairo: '70.00', giza: '20.00', '': '10.00' }, { biller: 'eg' });
  await setAccount(world.db, 'eg-local', 'cairo', { holder: 'محافظة القاهرة', paysFrom: 'ours-egp' });
  await setClock(world.db, EVENING);
  const { remittances, batch } = await close(world, BILLERS.eg);
  t.same(
    remittances.map(({ unit, amountMinor }) => [unit, amountMinor]),
    [
      ['', 3_000n],
      ['cairo', 7_000n],
    ],
  );
  t.equal(batch.remittedMinor, 10_000n);
  const [[, text] = ['', '']] = await work(world);
  t.match(text, 'محافظة القاهرة');
  t.match(text, / eg-local cairo<\/Ustrd>/);
});

t.test('a holiday that is declared late moves only what is unsent', async (t) => {
  const world = await makeRemitWorld(t, { days: 3 });
  const one = await planned(world);
  t.equal(one.executeOn, '2026-11-24');
  await world.db.transaction((tx) =>
    tx.query(`insert into bank_holiday (bank_id, on_date, name) values (1, '2026-11-24', 'declared late')`),
  );
  t.equal((await work(world, '2026-11-24T06:00:00Z')).size, 1, 'handled on the next working day of the bank');
  t.match(await standing(world.db, one.remittanceId), {
    state: 'sent',
    execute_on: '2026-11-25',
    value_date: '2026-11-26',
    late: false,
  });
  await world.db.transaction((tx) =>
    tx.query(`insert into bank_holiday (bank_id, on_date, name) values (1, '2026-11-25', 'later still')`),
  );
  await work(world, '2026-11-24T07:00:00Z');
  t.match(await standing(world.db, one.remittanceId), { execute_on: '2026-11-25' }, 'what is sent stays');
});

t.test('what the bank cannot keep any more goes on its next day and is marked late', async (t) => {
  const world = await makeRemitWorld(t);
  await changeBank(world.db, { leadDays: 3 });
  const one = await planned(world);
  t.match(one, { valueDate: '2026-11-26', executeOn: '2026-11-23', late: true });
});
