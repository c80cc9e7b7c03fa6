// A worker that dies in the middle of a planning, and is back two days later: whom it had not come to is told at once,
// collected on the first day that can be kept, and owes what he would have owed, also where it was the first planning of all.
import t from 'tap';
import type { Database } from '../../../src/platform/db/index.ts';
import { parseId } from '../../../src/kernel/ids.ts';
import { planDebits } from '../../../src/mandates/index.ts';
import { debitEvents, debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { until } from '../../support/until.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-27';

/** As many mandates as a lot has, behind the first in the order in which they are planned. */
async function fillLot(db: Database, first: string): Promise<void> {
  const copies = `select 'ff' || lpad(to_hex(n), 10, '0') as tail from generate_series(1, 1000) n`;
  const id = `(left(t.mandate_id::text, 24) || c.tail)::uuid`;
  await db.transaction(async (tx) => {
    for (const [table, more] of [
      ['mandate', `, 'reference', 'G-' || c.tail, 'payer_id', 'G-' || c.tail`],
      ['mandate_cover', `, 'payer_id', 'G-' || c.tail`],
      ['mandate_step', ''],
    ] as const)
      await tx.query(
        `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('mandate_id', ${id}${more}))).*
           from ${table} t cross join (${copies}) c
          where t.mandate_id = $1`,
        [parseId('mnd', first)],
      );
  });
}

for (const isFirst of [true, false])
  t.test(isFirst ? 'its first planning of all' : 'after one that came to its end', async (t) => {
    const world = await makeSendingWorld(t);
    const { db, sending } = world;
    await db.transaction((tx) =>
      tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [OM]),
    );
    await sending.directory.reload();
    await fillLot(db, await mandateFor(world, 'S-1'));
    await mandateFor(world, 'S-2');
    await addBills(db, 'om', [
      { number: 'A-1', payer: 'S-1', amount: '100.000', dueOn },
      { number: 'B-1', payer: 'S-2', amount: '100.000', dueOn },
    ]);
    if (!isFirst) t.equal(await planDebits(sending, OM), 0);
    await db.transaction((tx) =>
      tx.query(
        `create function die() returns trigger language plpgsql as $$ begin
           if new.payer_id = 'S-2' then raise 'dead' using errcode = '57014'; end if; return new; end $$;`,
      ),
    );
    await db.transaction((tx) =>
      tx.query('create trigger die before insert on debit_order for each row execute function die()'),
    );
    await setClock(db, '2026-11-27T06:00:00Z');
    await t.rejects(planDebits(sending, OM), /dead/);
    await until('the other lot is planned', async () => (await debitsSeen(world)).length === 1);
    t.match(await debitsSeen(world), [{ state: 'planned', bills: ['A-1'], collect_on: '2026-11-30' }]);
    await db.transaction((tx) => tx.query('drop trigger die on debit_order'));

    await workDebits(world, '2026-12-01T06:00:00Z');
    const seen = await debitsSeen(world);
    const late = seen.find(({ bills }) => bills.includes('B-1'));
    t.match(late, { state: 'planned', amount_minor: 100_000n, collect_on: '2026-12-07' }, 'no penalty');
    t.same(await debitEvents(world, late?.debit_id), ['debit.announced'], 'told at once');
    t.match(
      seen.find(({ bills }) => bills.includes('A-1')),
      { amount_minor: 100_000n },
      'nor for whom it had come to',
    );
    const owed = await db.transaction((tx) =>
      tx.query('select bill_number, owed_as_of from debit_bill order by 1'),
    );
    t.match(owed, [
      { bill_number: 'A-1', owed_as_of: dueOn },
      { bill_number: 'B-1', owed_as_of: dueOn },
    ]);
    await workDebits(world, '2026-12-03T06:00:00Z');
    t.match(
      (await debitsSeen(world)).find(({ bills }) => bills.includes('B-1')),
      { state: 'planned' },
      'not before the day that was told',
    );
    await workDebits(world, '2026-12-06T06:00:00Z');
    t.match(
      (await debitsSeen(world)).find(({ bills }) => bills.includes('B-1')),
      { state: 'sent', amount_minor: 100_000n, collect_on: '2026-12-07' },
    );
  });
