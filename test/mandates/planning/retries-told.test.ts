// The payer knows of another try: its day and amount from what he was told of the failure, or from an announcement of its own.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { accept } from '../../support/approvals.ts';
import { act } from '../../support/mandates.ts';
import {
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type DebitSeen,
  type SendingWorld,
} from '../../support/sending.ts';
import { addBills, BILLERS } from '../../support/world.ts';

const OM = BILLERS.om.id;
const dueOn = '2026-11-30';

/** What the payer was told of a debit, in order. */
function told({ db }: SendingWorld, debit: DebitSeen | undefined) {
  return db.transaction((tx) =>
    tx.query(
      `select type, payload ->> 'collectOn' as on, payload ->> 'retryOn' as again, payload ->> 'movedFrom' as was,
              payload -> 'amount' ->> 'value' as amount, payload -> 'amountBefore' ->> 'value' as before from event
        where biller_id = $1 and type in ('debit.announced', 'debit.failed') and payload ->> 'debitId' = $2
        order by recorded_at, event_id`,
      [OM, showId('dbt', debit?.debit_id ?? '')],
    ),
  );
}

/** Sent on the 29th and refused, to be tried again on the 3rd. */
async function refused(world: SendingWorld, more: object = {}): Promise<string> {
  const mandateId = await mandateFor(world, 'S-1', more);
  await addBills(world.db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '100.000', dueOn }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  const [debit] = await debitsSeen(world);
  await world.db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at)
       values (1, $1, gen_random_uuid(), 'rejected', 'AM04', 'test', business_now())`,
      [debit?.debit_id],
    ),
  );
  await book(world);
  t.match((await told(world, debit)).at(-1), {
    type: 'debit.failed',
    again: '2026-12-03',
    amount: '100.000',
  });
  return mandateId;
}

async function penalties({ db, sending }: SendingWorld): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update biller set penalty = '[{"percent":"10","every":"once"}]' where biller_id = $1`, [OM]),
  );
  await sending.directory.reload();
}

t.test('its day has passed: told anew, so many days before', async (t) => {
  const world = await makeSendingWorld(t);
  const mandateId = await refused(world);
  await act(world.agency, mandateId, 'suspension', { reason: 'asked for time' });
  await workDebits(world, '2026-12-02T06:00:00Z');
  await act(world.agency, mandateId, 'resumption', { reason: 'in order again' });
  await workDebits(world, '2026-12-07T06:00:00Z');
  const [, again] = await debitsSeen(world);
  t.match(again, { state: 'planned', attempt: 2, collect_on: '2026-12-10', steps: ['planned'] });
  t.match(await told(world, again), [
    { type: 'debit.announced', on: '2026-12-10', was: '2026-12-03', amount: '100.000', before: null },
  ]);
  await workDebits(world, '2026-12-09T06:00:00Z');
  t.match((await debitsSeen(world))[1], { state: 'sent', collect_on: '2026-12-10' });
  t.equal((await told(world, again)).length, 1);
});

t.test('more than was told, for a penalty has come: announced before its day', async (t) => {
  const world = await makeSendingWorld(t);
  await penalties(world);
  await refused(world);
  await workDebits(world, '2026-11-29T07:00:00Z');
  t.equal((await debitsSeen(world)).length, 1, 'it is too early');
  await workDebits(world, '2026-11-30T06:00:00Z');
  const [, again] = await debitsSeen(world);
  t.match(again, { state: 'planned', collect_on: '2026-12-03', amount_minor: 110_000n });
  t.match(await told(world, again), [
    { type: 'debit.announced', on: '2026-12-03', was: null, amount: '110.000', before: '100.000' },
  ]);
  await workDebits(world, '2026-12-02T06:00:00Z');
  t.match((await debitsSeen(world))[1], { state: 'sent', amount_minor: 110_000n });
});

t.test('above the ceiling, and let go: announced then', async (t) => {
  const world = await makeSendingWorld(t);
  const most = { value: '105.000', currency: 'OMR' };
  await penalties(world);
  await refused(world, { announceDays: 0, ceiling: { perDebit: most, perMonth: most } });
  await workDebits(world, '2026-12-02T06:00:00Z');
  await workDebits(world);
  const [, again] = await debitsSeen(world);
  t.match(again, { state: 'held', why: 'per-debit' });
  t.same(await told(world, again), []);
  const { body } = await world.approver.send<{ items: { approvalId: string }[] }>(
    'GET',
    '/v1/approvals?kind=debit&state=open',
  );
  const taken = await accept(world.approver, body?.items[0]?.approvalId ?? '');
  t.equal(taken.status, 200, taken.text);
  t.match(await told(world, again), [{ type: 'debit.announced', amount: '110.000' }]);
});
