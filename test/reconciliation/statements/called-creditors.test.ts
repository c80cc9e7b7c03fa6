// Debits of banks that are called: their money shows where the call has said, on the operator's account or the agency's own.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, type DebitWorld } from '../../support/debits.ts';
import { setAccount } from '../../support/remit-world.ts';
import { bring, OURS, outcomesOf, statementParts } from '../../support/statement-world.ts';

const THEIRS = '444000111222';
let sequence = 0;

/** What the debit is, and the line on `account` that names it, after it was called for by `route`. */
async function credited(world: DebitWorld, route: string | null, account: string): Promise<string[]> {
  const { db } = world;
  sequence += 1;
  const one = await debit(world, [{ number: `D-${sequence}`, amount: '10.000' }]);
  await db.transaction((tx) =>
    tx.query(`update debit_order set way = 'api', file_id = null, creditor_route = $2 where debit_id = $1`, [
      one,
      route,
    ]),
  );
  const bookings = [{ minor: 10_000n, e2e: endToEndIdOf(one) }];
  const parts = statementParts(world);
  const { fileId } = await bring(
    parts,
    camt({ account, currency: 'OMR', bookings, sequence, id: `S${sequence}` }),
  );
  await placeStatements(parts);
  await bookAll(world);
  const { state } = (await debitStanding(world, one)) as { state: string };
  return [state, ...(await outcomesOf(db, fileId)).map(String)];
}

t.test('a line elsewhere collects nothing', async (t) => {
  const world = await makeDebitWorld(t);
  await setAccount(world.db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  t.same((await credited(world, 'via-operator', OURS))[0], 'collected');
  t.same((await credited(world, 'via-operator', THEIRS))[0], 'sent', 'the operator has nothing');
  t.same((await credited(world, 'direct', OURS))[0], 'sent', 'it is the agency’s');
  t.same((await credited(world, 'direct', THEIRS))[0], 'collected');
  t.same((await credited(world, null, OURS))[0], 'collected', 'called by a version before');
});
