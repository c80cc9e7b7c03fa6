// Two deposits in suspense, each decided by two people to be the money of the same debit, at the same moment.
import t from 'tap';
import { showId, type Uuid } from '../../src/kernel/ids.ts';
import { endToEndIdOf as e2e } from '../../src/mandates/debits/index.ts';
import { assertBooksBalance } from '../support/books.ts';
import { accept } from '../support/approvals.ts';
import { resolve } from '../support/breaks.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, type DebitWorld } from '../support/debits.ts';
import { inFile } from '../support/debit-file.ts';
import { balances } from '../support/remit-world.ts';
import {
  bringOurs,
  breaksOf,
  brokenLine,
  deskOf,
  statementParts,
  linesOf,
} from '../support/statement-world.ts';
import { lockWaiters, until } from '../support/until.ts';

async function alone(world: DebitWorld, number: string, amount = '100.000'): Promise<Uuid> {
  const debitId = await debit(world, [{ number, amount }]);
  await inFile(world.db, [debitId]);
  return debitId;
}
const content = (debitId: Uuid): object => ({ debitId: showId('dbt', debitId) });

t.test('two deposits, one debit', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const desk = await deskOf(world);
  const debitId = await alone(world, 'D-1');
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 100_000n, text: 'PRLV AL NOOR', ref: 'a' },
    { minor: 100_000n, text: 'PRLV AL BAHR', ref: 'b' },
  ]);
  const ids: string[] = [];
  for (const line of [1, 2]) {
    const asked = await resolve(desk.one, await brokenLine(db, fileId, line), 'debit', content(debitId));
    t.equal(asked.status, 201, asked.text);
    ids.push(asked.body?.approvalId ?? '');
  }
  // Somebody holds the debit for a moment, as anybody who notes a word does.
  let both: Promise<{ status: number; text: string }[]> = Promise.resolve([]);
  await db.transaction(async (tx) => {
    await tx.query('select from debit_order where debit_id = $1 for update', [debitId]);
    both = Promise.all(ids.map((id) => accept(desk.two, id)));
    await until('both wait', async () => (await lockWaiters(db)) >= 2);
  });
  for (const one of await both) t.comment(one.status, one.text.slice(0, 300));
  t.not((await both).filter(({ status }) => status === 200).length, 2, 'one of them has to be refused');
  await bookAll(world);
  t.comment(await debitStanding(world, debitId));
  t.comment(await linesOf(db, fileId));
  t.comment(await balances(db, 0));
  await assertBooksBalance(db);
});

t.test('a deposit, and a line that names it', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const desk = await deskOf(world);
  const debitId = await alone(world, 'D-1');
  const { fileId } = await bringOurs(statementParts(world), [{ minor: 100_000n, text: 'PRLV AL NOOR' }]);
  const asked = await resolve(desk.one, await brokenLine(db, fileId, 1), 'debit', content(debitId));
  const id = asked.body?.approvalId ?? '';
  let both: Promise<unknown[]> = Promise.resolve([]);
  await db.transaction(async (tx) => {
    await tx.query('select from debit_order where debit_id = $1 for update', [debitId]);
    both = Promise.all([
      accept(desk.two, id).then(({ status, text }) => `${status} ${text.slice(0, 200)}`),
      bringOurs(statementParts(world), [{ minor: 100_000n, e2e: e2e(debitId), ref: 'late' }], {
        sequence: 2,
        opening: 100_000n,
      }),
    ]);
    await until('both wait', async () => (await lockWaiters(db)) >= 2);
  });
  t.comment(await both);
  await bookAll(world);
  t.comment(await debitStanding(world, debitId));
  t.comment(await breaksOf(db));
  t.comment(await balances(db, 0));
  await assertBooksBalance(db);
});
