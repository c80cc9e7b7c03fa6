// A mandate that ends or rests while a bank has a debit: who is told of the one is told of the other.
import t from 'tap';
import { act } from '../support/mandates.ts';
import {
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../support/sending.ts';
import { addBills, BILLERS } from '../support/world.ts';

async function ends({ db }: SendingWorld) {
  return db.transaction((tx) =>
    tx.query(
      `select type, payload -> 'underWay' as under from event
        where biller_id = $1 and type in ('mandate.suspended', 'mandate.resumed', 'mandate.cancelled') order by recorded_at`,
      [BILLERS.om.id],
    ),
  );
}

t.test('what the bank has is named, what it has not yet is not', async (t) => {
  const world = await makeSendingWorld(t);
  const mandateId = await mandateFor(world, 'S-1');
  await addBills(world.db, 'om', [
    { number: 'A-1', payer: 'S-1', amount: '24.000', dueOn: '2026-11-30' },
    { number: 'A-2', payer: 'S-1', amount: '10.000', dueOn: '2026-12-02' },
  ]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await act(world.agency, mandateId, 'suspension', { reason: 'asked for time' });
  await act(world.agency, mandateId, 'resumption', { reason: 'in order' });
  await workDebits(world, '2026-11-29T06:00:00Z');
  t.match(await debitsSeen(world), [{ state: 'sent' }, { state: 'planned' }]);
  await act(world.agency, mandateId, 'suspension', { reason: 'asked for time' });
  await act(world.agency, mandateId, 'cancellation', { reason: 'another bank' });
  const under = [{ amount: { value: '24.000', currency: 'OMR' }, collectOn: '2026-11-30' }];
  t.match(await ends(world), [
    { type: 'mandate.suspended', under: [] },
    { type: 'mandate.resumed', under: null },
    { type: 'mandate.suspended', under },
    { type: 'mandate.cancelled', under },
  ]);
});
