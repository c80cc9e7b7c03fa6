// Whatever is altered after a close, `verify` finds, and says where.
import t from 'tap';
import { startTestWorld } from '../support/gateway.ts';
import { close, EVENING, faultsOf, pay } from '../support/settling.ts';
import { addManyBills, setClock } from '../support/world.ts';

const ALTERATIONS: Record<string, { sql: string; back: string; says: RegExp }> = {
  'an amount': {
    sql: `update payment_bill set amount_minor = 999 where bill_number = 'V-0002'`,
    back: `update payment_bill set amount_minor = 1000 where bill_number = 'V-0002'`,
    says: /^2026-11-22 step 1 \(payment, 3 entries up to .*were altered$/,
  },
  'a unit': {
    sql: `update payment_bill set unit = 'elsewhere' where bill_number = 'V-0005'`,
    back: `update payment_bill set unit = null where bill_number = 'V-0005'`,
    says: /step 2 .*were altered$/,
  },
  'a fee': {
    sql: `update payment set biller_fee_minor = 1 where payment_id = (select payment_id from payment_bill where bill_number = 'V-0001')`,
    back: `update payment set biller_fee_minor = 0 where payment_id = (select payment_id from payment_bill where bill_number = 'V-0001')`,
    says: /step 1 .*were altered$/,
  },
  'a payment moved to another day': {
    sql: `update payment set business_date = '2026-11-23' where payment_id = (select payment_id from payment_bill where bill_number = 'V-0001')`,
    back: `update payment set business_date = '2026-11-22' where payment_id = (select payment_id from payment_bill where bill_number = 'V-0001')`,
    says: /step 1 .*there are 2 entries$/,
  },
  'a reversal': {
    sql: `update reversal set kind = 'adjustment'`,
    back: `update reversal set kind = 'reversal'`,
    says: /step 3 \(reversal, 1 entries/,
  },
  'sums of a step': {
    sql: `update settlement_step set sums = replace(sums::text, '"3000"', '"3001"')::json where step = 1`,
    back: `update settlement_step set sums = replace(sums::text, '"3001"', '"3000"')::json where step = 1`,
    says: /step 1 .*its sums were altered$/,
  },
  'a split': {
    sql: `alter table settlement_split disable trigger all; update settlement_split set gross_minor = gross_minor + 1 where dimension = 'channel'; alter table settlement_split enable trigger all`,
    back: `alter table settlement_split disable trigger all; update settlement_split set gross_minor = gross_minor - 1 where dimension = 'channel'; alter table settlement_split enable trigger all`,
    says: /its splits were altered$/,
  },
  'the digest': {
    sql: `alter table settlement_batch disable trigger all; update settlement_batch set digest = sha256(digest) where business_date = '2026-11-23'; alter table settlement_batch enable trigger all`,
    back: '',
    says: /^2026-11-23 its digest is another one$/,
  },
};

t.test('altered', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  for (const number of await addManyBills(db, 'om', 'V-', 6, '1.000')) {
    const id = await pay(world, 'bank', [number, '1.000']);
    if (number === 'V-0006') await world.client('bank').reverse(id, 'undo');
  }
  await setClock(db, EVENING);
  await close(db, '2026-11-22', { billsPerStep: 3 });
  await setClock(db, '2026-11-23T12:00:01Z');
  const { batch } = await close(db, '2026-11-23');
  t.same(await faultsOf(db), []);
  const run = (sql: string): Promise<unknown> => db.transaction((tx) => tx.query(sql));
  for (const [name, { sql, back, says }] of Object.entries(ALTERATIONS)) {
    await run(sql);
    const faults = await faultsOf(db);
    t.ok(
      faults.some((fault) => says.test(fault)),
      `${name}: ${faults.join('; ')}`,
    );
    if (back !== '') await run(back);
    else {
      await db.transaction(async (tx) => {
        await tx.query('alter table settlement_batch disable trigger all');
        await tx.query(`update settlement_batch set digest = $1 where business_date = '2026-11-23'`, [
          batch.digest,
        ]);
        await tx.query('alter table settlement_batch enable trigger all');
      });
    }
    t.same(await faultsOf(db), [], `${name}: as it was`);
  }
});
