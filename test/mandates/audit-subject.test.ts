// What was done by hand about a debit, found by its subject.
import t from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { Directory } from '../../src/channels/index.ts';
import { retryByHand } from '../../src/mandates/follow/retry-debit.ts';
import { bookAll, debit, makeDebitWorld, say } from '../support/debits.ts';
import { deskOf } from '../support/statement-world.ts';
import { ACTOR } from '../support/world.ts';

t.test('debit.retry', async (t) => {
  const world = await makeDebitWorld(t);
  const desk = await deskOf(world);
  const debitId = await debit(world, [{ number: 'D-1', amount: '100.000' }]);
  await say(world, debitId, 'rejected', 'AC04');
  await bookAll(world);
  const directory = await Directory.open(world.db);
  const id = showId('dbt', debitId);
  const done = await retryByHand({ database: world.db, directory }, id, null, ACTOR);
  t.comment(done);
  const of = async (subject: string) =>
    (
      await desk.two.send<{ items: object[] }>(
        'GET',
        `/v1/audit?action=debit.retry&subject=${encodeURIComponent(subject)}`,
      )
    ).body?.items.length;
  t.equal(await of(`debit/${id}`), 1, 'as every other act on it is named');
  t.comment('debit ID:', await of(`debit ${id}`));
});
