// The ordinary way of a remittance: planned with its batch, ordered on its day, with the bank, proved.
import path from 'node:path';
import t from 'tap';
import { sweepRemittances } from '../../../src/settlement/orders/index.ts';
import { confirmRemittance } from '../../../src/settlement/remittances/index.ts';
import {
  balances,
  eventsOf,
  filesAt,
  makeRemitWorld,
  putBatch,
  standing,
} from '../../support/remit-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

t.test('a batch is remitted on its day, once, and followed to its proof', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, parts, dataDir } = world;
  const { remittances } = await putBatch(db, { date: '2026-11-22' });
  const [planned] = remittances;
  if (planned === undefined) throw new Error('nothing planned');
  // T+2 of a Sunday is Tuesday; the bank wants a day, so Monday.
  t.match(planned, {
    state: 'approved',
    held: null,
    valueDate: '2026-11-24',
    executeOn: '2026-11-23',
    late: false,
  });
  t.match(planned.endToEndId, /^W[0-9A-Z]{14}0$/);
  t.same(await balances(db, BILLERS.om.id), { 'biller/in-transit': -125_500n, 'biller/payable': 125_500n });

  await sweepRemittances(parts);
  t.equal((await filesAt(path.join(dataDir, 'orders'))).size, 0, 'not its day yet');
  await setClock(db, '2026-11-23T06:00:00Z');
  await sweepRemittances(parts);
  await sweepRemittances(parts);
  const files = await filesAt(path.join(dataDir, 'orders'));
  t.equal(files.size, 1, 'one file however often the job runs');
  const [[name, text] = ['', '']] = files;
  t.match(name, /^ours-omr_2026-11-23_WST[0-9A-Z]{26}\.xml$/);
  t.match(text, `<EndToEndId>${planned.endToEndId}</EndToEndId>`);
  t.match(text, '<InstdAmt Ccy="OMR">125.500</InstdAmt>');
  t.match(text, '<ReqdExctnDt><Dt>2026-11-23</Dt></ReqdExctnDt>');
  t.match(text, 'صندوق om-social');
  t.match(await standing(db, planned.remittanceId), { state: 'sent' });
  t.same(await balances(db, BILLERS.om.id), { 'biller/in-transit': -125_500n, 'biller/payable': 125_500n });
  const [sent] = await eventsOf(db, BILLERS.om.id);
  t.match(sent, {
    type: 'remittance.sent',
    payload: { amount: { value: '125.500', currency: 'OMR' }, state: 'sent' },
  });
  t.notMatch(JSON.stringify(sent), '00799999001234567890', 'the account’s number is masked');

  const proved = await db.transaction((tx) =>
    confirmRemittance(tx, {
      billerId: BILLERS.om.id,
      remittanceId: planned.remittanceId,
      proof: 'statement 7',
    }),
  );
  t.match(proved, { state: 'confirmed', reason: 'statement 7' });
  t.same(await balances(db, BILLERS.om.id), { 'bank/1': -125_500n, 'biller/payable': 125_500n });
  const types = (await eventsOf(db, BILLERS.om.id)).map((event) => event.type);
  t.same(types, ['remittance.sent', 'remittance.confirmed']);
});

t.test('billers of one currency share a file; each account of ours has its own', async (t) => {
  const { db, parts, dataDir } = await makeRemitWorld(t);
  await db.transaction((tx) => tx.query(`update remittance_account set pays_from = 1 where biller_id = 2`));
  await putBatch(db, { biller: 'om', date: '2026-11-18' });
  await putBatch(db, { biller: 'dz', date: '2026-11-18', currency: 'OMR' });
  await putBatch(db, { biller: 'eg', date: '2026-11-18' });
  await sweepRemittances(parts);
  const files = await filesAt(path.join(dataDir, 'orders'));
  t.equal(files.size, 2);
  t.same(
    [...files.values()].map((text) => text.match(/<EndToEndId>/g)?.length).sort(),
    [1, 2],
    'two billers in one, one in the other',
  );
});
