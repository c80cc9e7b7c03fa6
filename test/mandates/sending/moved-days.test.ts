// A debit whose day moves after it was told: the payer and the agency are told the new day, and its history has both.
import t, { type Test } from 'tap';
import { moveDays, planDebits } from '../../../src/mandates/index.ts';
import { showId, type Uuid } from '../../../src/kernel/ids.ts';
import {
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-30';

/** What was announced of a debit, in order: the day, and the one before. */
function announced({ db }: SendingWorld, debitId: Uuid | undefined) {
  return db.transaction((tx) =>
    tx.query<{ on: string; was: string | null; revision: number }>(
      `select payload ->> 'collectOn' as on, payload ->> 'movedFrom' as was, revision from event
        where biller_id = $1 and type = 'debit.announced' and payload ->> 'debitId' = $2 order by revision`,
      [OM, showId('dbt', debitId ?? '')],
    ),
  );
}

function stepsOf({ db }: SendingWorld, debitId: Uuid | undefined) {
  return db.transaction((tx) =>
    tx.query(
      `select state, text, actor from debit_step where biller_id = $1 and debit_id = $2 order by recorded_at, step_id`,
      [OM, debitId],
    ),
  );
}

async function holidayOfBank({ db }: SendingWorld, on: string): Promise<void> {
  await db.transaction((tx) =>
    tx.query(
      `insert into bank_holiday (bank_id, on_date, name, state) values (1, $1, '{"en":"Mourning"}', 'confirmed')`,
      [on],
    ),
  );
}

async function withPenalty(t: Test): Promise<SendingWorld> {
  const world = await makeSendingWorld(t);
  await world.db.transaction((tx) =>
    tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [OM]),
  );
  await world.sending.directory.reload();
  return world;
}

t.test('a holiday declared late: told anew, once, and in the history', async (t) => {
  const world = await withPenalty(t);
  await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2', { announceDays: 0 });
  await addBills(world.db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '100.000', dueOn },
    { number: 'B-1', payer: 'S-2', amount: '100.000', dueOn },
  ]);
  // The first is told three days before, the other planned when the bank has to have it.
  for (const day of ['27', '29']) {
    await setClock(world.db, `2026-11-${day}T03:00:00Z`);
    await planDebits(world.sending, OM);
  }
  const [told, silent] = await debitsSeen(world);
  t.match(await stepsOf(world, told?.debit_id), [
    { state: 'planned', text: 'announced for 2026-11-30', actor: 'worker' },
  ]);
  t.match(await stepsOf(world, silent?.debit_id), [{ state: 'planned', text: null }]);
  await holidayOfBank(world, '2026-11-30');
  t.equal(await moveDays(world.sending, OM), 2);
  t.equal(await moveDays(world.sending, OM), 0);
  t.match(await announced(world, told?.debit_id), [
    { on: '2026-11-30', was: null },
    { on: '2026-12-01', was: '2026-11-30' },
  ]);
  t.same(await announced(world, silent?.debit_id), [], 'who is not told before is not told of another day');
  for (const one of [told, silent])
    t.match(
      (await stepsOf(world, one?.debit_id)).at(-1),
      { state: 'planned', text: 'moved from 2026-11-30 to 2026-12-01' },
      'in the history',
    );
});

t.test('a worker that stood still: on the next day, owed as was meant, and told', async (t) => {
  const world = await withPenalty(t);
  await mandateFor(world, 'S-1');
  await addBills(world.db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-26' }]);
  await workDebits(world, '2026-11-23T06:00:00Z');
  // It was to be with the bank on the 25th.
  await workDebits(world, '2026-11-29T06:00:00Z');
  const [debit] = await debitsSeen(world);
  t.match(debit, { state: 'sent', collect_on: '2026-11-30', amount_minor: 100_000n }, 'no penalty');
  t.match(await announced(world, debit?.debit_id), [
    { on: '2026-11-26', was: null },
    { on: '2026-11-30', was: '2026-11-26' },
  ]);
  t.match(await stepsOf(world, debit?.debit_id), [
    { state: 'planned', text: 'announced for 2026-11-26' },
    { state: 'built', text: 'moved from 2026-11-26 to 2026-11-30' },
    { state: 'sent' },
  ]);
});
