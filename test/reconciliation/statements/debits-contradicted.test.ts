// Lines that contradict what we know of a debit, on the agency's own account as on the operator's: persons look, and until they
// have decided the payer is not debited again.
import t from 'tap';
import type { Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf as e2e } from '../../../src/mandates/debits/index.ts';
import { planRetries } from '../../../src/mandates/planning/plan-retries.ts';
import { camt, type Booking, type Statement } from '../../support/bank-statement.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { inFile } from '../../support/debit-file.ts';
import { setAccount } from '../../support/remit-world.ts';
import {
  bring,
  bringOurs,
  breaksOf,
  brokenLine,
  deskOf,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const THEIRS = '444000111222';

async function directWorld(t: Parameters<typeof makeDebitWorld>[0]): Promise<DebitWorld> {
  const world = await makeDebitWorld(t);
  await setAccount(world.db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  return world;
}

/** A debit in a file of its own. */
async function alone(world: DebitWorld, number: string, account: number | null): Promise<Uuid> {
  const debitId = await debit(world, [{ number, amount: '100.000' }]);
  await inFile(world.db, [debitId], { account });
  return debitId;
}

function bringTheirs(world: DebitWorld, bookings: readonly Booking[], more: Partial<Statement> = {}) {
  return bring(statementParts(world), camt({ account: THEIRS, currency: 'OMR', bookings, ...more }));
}

async function triedAgain({ tools }: DebitWorld): Promise<number> {
  const biller = tools.directory.current.billersById.get(BILLERS.om.id);
  if (biller === undefined) throw new Error('there is no biller');
  return planRetries(tools, biller);
}

t.test('on the agency’s own account each is a break', async (t) => {
  const world = await directWorld(t);
  const [amount, twice, refused, back] = [
    await alone(world, 'D-1', null),
    await alone(world, 'D-2', null),
    await alone(world, 'D-3', null),
    await alone(world, 'D-4', null),
  ];
  const never = await debit(world, [{ number: 'D-5', amount: '100.000' }]);
  await world.db.transaction((tx) =>
    tx.query(`update debit_order set way = null, state = 'planned' where debit_id = $1`, [never]),
  );
  await say(world, refused, 'rejected', 'AC04');
  const { fileId } = await bringTheirs(world, [
    { minor: 99_000n, e2e: e2e(amount), ref: '1' },
    { minor: 100_000n, e2e: e2e(twice), ref: '2' },
    { minor: 100_000n, e2e: e2e(twice), ref: '3' },
    { minor: 100_000n, e2e: e2e(refused), ref: '4' },
    { minor: 100_000n, e2e: e2e(never), ref: '5' },
    { minor: 100_000n, e2e: e2e(back), ref: '6' },
    { minor: -100_000n, e2e: e2e(back), reason: 'AM04', ref: '7' },
    { minor: -100_000n, e2e: e2e(back), reason: 'AM04', ref: '8' },
    { minor: -100_000n, text: `refund ${e2e(twice)}`, ref: '9' },
  ]);
  t.same(await outcomesOf(world.db, fileId), [
    'break',
    null,
    'break',
    'break',
    'break',
    null,
    null,
    'break',
    'other',
  ]);
  const told = (await breaksOf(world.db)).map(({ ours }) => String(ours['why']));
  for (const why of [/another amount/, /credited it twice/, /has refused/, /no bank has/, /back before/])
    t.ok(
      told.some((each) => why.test(each)),
      String(why),
    );
});

for (const account of [1, null])
  t.test(`what the bank refused and credits is not debited again, account ${account}`, async (t) => {
    const world = await directWorld(t);
    const desk = await deskOf(world);
    const one = await alone(world, 'D-1', account);
    await say(world, one, 'rejected', 'AM04');
    await bookAll(world);
    t.match(await debitStanding(world, one), { state: 'failed', retryOn: '2026-11-25' });
    const line = [{ minor: 100_000n, e2e: e2e(one) }];
    const { fileId } = await (account === null
      ? bringTheirs(world, line)
      : bringOurs(statementParts(world), line));
    t.same(await outcomesOf(world.db, fileId), ['break']);
    await setClock(world.db, '2026-11-24T06:00:00Z');
    t.equal(await triedAgain(world), 0, 'its money may be there');
    const id = await brokenLine(world.db, fileId, 1);
    const { body } = await look(desk.one, id);
    t.match(body?.ours, { debitId: /^dbt_/, why: /refused/ });
    if (account === null) {
      t.strictSame(body?.mayEndBy, ['accept'], 'none of our money');
      t.match(await resolve(desk.one, id, 'suspense'), { status: 409 });
      t.match(await resolve(desk.one, id, 'deposit', { billerCode: 'om-social', billNumber: 'D-1' }), {
        status: 409,
      });
      t.match(await resolved(desk, id, 'accept'), { body: { state: 'accepted' } });
      t.same(await outcomesOf(world.db, fileId), ['other']);
      t.equal(await triedAgain(world), 1, 'persons have decided');
    } else {
      t.match(await resolved(desk, id, 'suspense'), { body: { state: 'accepted' } });
      t.equal(await triedAgain(world), 0, 'its money lies in suspense');
    }
  });
