// What is collected by itself is planned once, all of a mandate and a day in one debit, however many sites.
import t from 'tap';
import { Directory } from '../../../src/channels/index.ts';
import { planDebits } from '../../../src/mandates/planning/plan-debits.ts';
import { putDebitTerms } from '../../../src/mandates/debits/store-terms.ts';
import { colleague } from '../../support/staff.ts';
import { decide, opened, validate } from '../../support/mandates.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('planned on the day on which the payer has to be told, once', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' });
  const sites = ['S-1', 'S-2'].map((payerId) => ({ billerCode: 'om-social', payerId }));
  const id = await opened(world.client('om-social'), {
    payerId: 'S-1',
    covers: sites,
    announceDays: 3,
    validFrom: '2026-11-01',
  });
  await validate(world.client('bank'), id);
  await decide(approver, id, 'accept');
  const terms = {
    billerId: OM,
    accountId: 1,
    schemeId: null,
    overCeiling: 'split',
    retryDays: [3],
    method: 'account',
    paidAt: 'settled',
  } as const;
  await db.transaction((tx) => putDebitTerms(tx, terms));
  await addBills(db, 'om', [
    { number: 'D-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-27' },
    { number: 'D-2', payer: 'S-2', amount: '50.000', dueOn: '2026-11-28' },
    { number: 'D-3', payer: 'S-2', amount: '400.000', dueOn: '2026-11-29' },
    { number: 'D-4', payer: 'S-2', amount: '501.000', dueOn: '2026-11-29' },
    { number: 'D-5', payer: 'S-9', amount: '1.000', dueOn: '2026-11-29' },
    { number: 'D-6', payer: 'S-1', amount: '1.000', dueOn: '2026-12-15' },
  ]);
  const parts = { database: db, directory: await Directory.open(db), log: world.parts.log };
  const plan = () => planDebits(parts, OM);
  t.equal(await plan(), 0, 'on the 22nd it is too early');
  // The agency rests on Saturday and Sunday, its bank on Friday and Saturday: the three days move to Monday the 30th.
  await setClock(db, '2026-11-27T06:00:00Z');
  t.equal(await plan(), 3);
  const debits = await db.transaction((tx) =>
    tx.query(
      `select o.state, o.why, o.amount_minor, o.collect_on, o.send_on, json_agg(b.bill_number || ' ' || b.owed_as_of order by b.bill_number) as bills
         from debit_order o join debit_bill b using (biller_id, debit_id) group by o.biller_id, o.debit_id order by o.state desc, o.amount_minor`,
    ),
  );
  t.match(debits, [
    { state: 'planned', amount_minor: 150_000n, bills: ['D-1 2026-11-27', 'D-2 2026-11-28'] },
    {
      state: 'planned',
      amount_minor: 400_000n,
      collect_on: '2026-11-30',
      send_on: '2026-11-29',
      bills: ['D-3 2026-11-29'],
    },
    { state: 'held', why: 'per-debit', bills: ['D-4 2026-11-29'] },
  ]);
  t.equal(await plan(), 0, 'nothing twice');
});
