// Planning and the second look wait at each lot for what is more urgent, and then do all that is to be done.
import t from 'tap';
import { planDebits } from '../../../src/mandates/index.ts';
import { reviewDebits } from '../../../src/mandates/sending/review.ts';
import { debitsSeen, makeSendingWorld, mandateFor } from '../../support/sending.ts';
import { act } from '../../support/mandates.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('nothing is planned or looked at again while something else goes first', async (t) => {
  const world = await makeSendingWorld(t);
  const mandate = await mandateFor(world, 'S-1');
  await addBills(world.db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await setClock(world.db, '2026-11-27T06:00:00Z');
  const seenThen: string[][] = [];
  const giveWay = async (): Promise<void> =>
    void seenThen.push((await debitsSeen(world)).map(({ state }) => state));
  const sending = { ...world.sending, giveWay };
  t.equal(await planDebits(sending, OM), 1);
  t.same(seenThen.splice(0), [[]], 'asked before the lot');
  await act(world.agency, mandate, 'cancellation', { reason: 'left' });
  t.equal(await reviewDebits(sending, OM), 1);
  t.same(seenThen[0], ['planned'], 'asked before the lot');
  t.match(await debitsSeen(world), [{ state: 'dropped', why: 'mandate-cancelled' }]);
});
