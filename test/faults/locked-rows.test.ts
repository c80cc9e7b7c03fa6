// A row that somebody holds locked, and a pool with nothing left to give: who waits is told in time that nothing was done.
import t from 'tap';
import { startTestWorld } from '../support/gateway.ts';
import { assertBooksBalance } from '../support/books.ts';
import { holdBill } from '../support/until.ts';

const CONTENT = {
  payerId: 'P-1',
  payerName: 'Al Noor Trading',
  description: 'Contribution',
  amount: { value: '10.000', currency: 'OMR' },
  dueOn: '2099-01-01',
};

void t.test('a bill that is locked elsewhere is answered for within ten seconds', async (t) => {
  const world = await startTestWorld(t, { WASIT_DATABASE_POOL: '1' });
  const agency = world.client('om-social');
  t.equal((await agency.send('PUT', '/v1/bills/HELD', CONTENT)).status, 201);
  const release = await holdBill(world.db, 'HELD');
  const started = performance.now();
  // The first waits for the row, the second for the row after it, the third has no connection to wait with.
  const answers = await Promise.all(
    ['11.000', '12.000', '13.000'].map((value) =>
      agency.send('PUT', '/v1/bills/HELD', { ...CONTENT, amount: { value, currency: 'OMR' } }),
    ),
  );
  t.ok(performance.now() - started < 10_000);
  for (const answer of answers) {
    t.match(answer, { status: 503, code: 'overloaded' });
    t.ok(answer.headers.get('retry-after'));
  }
  await release();
  const after = await agency.send('GET', '/v1/bills/HELD');
  t.match(after.body, { amount: { value: '10.000' } }, 'nothing was done');
  await assertBooksBalance(world.db);
});
