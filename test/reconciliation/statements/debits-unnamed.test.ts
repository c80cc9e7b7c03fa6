// Money of a debit that its line does not name, or names wrongly: persons say which debit it is, and it is collected by it.
import t from 'tap';
import { showId, type Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf as e2e } from '../../../src/mandates/debits/index.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { inFile } from '../../support/debit-file.ts';
import { balances } from '../../support/remit-world.ts';
import { bringOurs, breaksOf, brokenLine, deskOf, statementParts } from '../../support/statement-world.ts';

const ACCEPTED = { status: 200, body: { state: 'accepted' } };

/** A debit in a file of its own. */
async function alone(world: DebitWorld, number: string, amount = '100.000'): Promise<Uuid> {
  const debitId = await debit(world, [{ number, amount }]);
  await inFile(world.db, [debitId]);
  return debitId;
}

const content = (debitId: Uuid): object => ({ debitId: showId('dbt', debitId) });

t.test('without a name, or with that of another debit: collected on the bank’s channel', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const desk = await deskOf(world);
  const [unnamed, wrong, other] = [
    await alone(world, 'D-1'),
    await alone(world, 'D-2', '70.000'),
    await alone(world, 'D-3', '50.000'),
  ];
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 100_000n, text: 'PRLV AL NOOR' },
    { minor: 70_000n, e2e: e2e(other) },
  ]);
  t.match(await breaksOf(db), [{ ours: { why: /another amount/ } }, { kind: 'unplaced-deposit' }]);
  const [lying, named] = [await brokenLine(db, fileId, 1), await brokenLine(db, fileId, 2)];
  t.match(await look(desk.one, lying), { body: { mayEndBy: ['place', 'channel-transfer', 'debit'] } });
  t.match(await resolve(desk.one, lying, 'debit', { debitId: 'dbt_1' }), { code: 'malformed-request' });
  const early = await resolve(desk.one, lying, 'debit', content(other));
  t.match(early, { code: 'approval-impossible' });
  t.match(early.text, /another amount/);

  t.match(await resolved(desk, lying, 'debit', content(unnamed)), ACCEPTED);
  t.match(await resolved(desk, named, 'debit', content(wrong)), ACCEPTED);
  await bookAll(world);
  t.match(await debitStanding(world, unnamed), { state: 'collected', waiting: 0, bills: ['D-1 paid paid'] });
  t.match(await debitStanding(world, wrong), { state: 'collected', waiting: 0, bills: ['D-2 paid paid'] });
  t.match(await debitStanding(world, other), { state: 'sent', bills: ['D-3 - open'] });
  const payments = await db.transaction((tx) =>
    tx.query('select reference, channel_id, amount_minor from payment order by amount_minor'),
  );
  t.match(payments, [
    { reference: e2e(wrong), channel_id: 1, amount_minor: 70_000n },
    { reference: e2e(unnamed), channel_id: 1, amount_minor: 100_000n },
  ]);
  t.match(await balances(db, 0), { 'bank/1': 170_000n, 'channel/receivable/1': -170_000n });
  t.notOk('suspense' in (await balances(db, 0)), 'nothing is left in suspense');
  t.match(await look(desk.one, lying), { body: { state: 'resolved' } });
  t.match(await look(desk.one, named), { body: { state: 'resolved' } });

  await bringOurs(statementParts(world), [{ minor: 100_000n, e2e: e2e(unnamed), ref: 'late' }], {
    sequence: 2,
    opening: 170_000n,
  });
  const whys = (await breaksOf(db)).map(({ ours }) => String(ours['why']));
  t.ok(
    whys.some((why) => why.includes('credited it twice')),
    'the line that names it, after all',
  );
  await assertBooksBalance(db);
});

t.test('what its bank has refused is not collected by it', async (t) => {
  const world = await makeDebitWorld(t);
  const desk = await deskOf(world);
  const refused = await alone(world, 'D-1');
  await say(world, refused, 'rejected', 'AM04');
  await bookAll(world);
  const { fileId } = await bringOurs(statementParts(world), [{ minor: 100_000n, text: 'PRLV AL NOOR' }]);
  const asked = await resolve(desk.one, await brokenLine(world.db, fileId, 1), 'debit', content(refused));
  t.match(asked, { code: 'approval-impossible' });
  t.match(asked.text, /refused the debit/);
});
