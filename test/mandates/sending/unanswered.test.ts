// Debits that their banks never answer are seen, and a person ends them; what the bank says later contradicts that.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import type { DebitAnswer } from '../../../src/mandates/follow/answer-schema.ts';
import { endUnanswered } from '../../../src/mandates/follow/end-debit.ts';
import { unansweredDebits } from '../../../src/mandates/sending/unanswered.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { say } from '../../support/debits.ts';
import { book, debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { ACTOR, addBills, setClock } from '../../support/world.ts';

t.test('five working days after its day it is told, and may be ended', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending, agency } = world;
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  const [sent] = await debitsSeen(world);
  const id = showId('dbt', sent?.debit_id ?? '');
  const waits = async () => (await agency.send<DebitAnswer>('GET', `/v1/debits/${id}`)).body?.waits;
  await setClock(db, '2026-12-07T06:00:00Z');
  t.same(await unansweredDebits(sending), []);
  t.match(await endUnanswered(sending, id, ACTOR), { ok: false, reason: /5 working days to answer/ });
  t.equal(await waits(), null);
  await setClock(db, '2026-12-08T06:00:00Z');
  t.same(await unansweredDebits(sending), [{ biller: 'om-social', channel: 'bank', count: 1 }]);
  t.equal(await waits(), 'no-answer');
  t.match(await endUnanswered(sending, id, ACTOR), { ok: true });
  t.match(await debitsSeen(world), [
    { state: 'failed', why: 'no-answer', retry_on: null, bills: ['A-1 failed'] },
  ]);
  t.match(await endUnanswered(sending, id, ACTOR), { ok: false, reason: /is failed/ });
  t.same(await unansweredDebits(sending), []);
  t.equal(await say(world, sent?.debit_id ?? '', 'settled'), 'conflict');
  await book(world);
  await assertBooksBalance(db);
});
