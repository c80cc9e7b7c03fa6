// A statement credits a debit that the bank had refused, when its second try is made already: the payer's money is taken once where
// the try can still be kept back, and where it cannot, what came a second time is his credit, of which he is told.
import t from 'tap';
import { addChannel, setAgreement } from '../../../src/channels/index.ts';
import type { Uuid } from '../../../src/kernel/ids.ts';
import { debitKind } from '../../../src/mandates/index.ts';
import { endToEndIdOf as e2e, lockDebits, moveDebits } from '../../../src/mandates/debits/index.ts';
import { planRetries } from '../../../src/mandates/planning/plan-retries.ts';
import { offer } from '../../../src/orders/leave.ts';
import { accept } from '../../support/approvals.ts';
import { resolve } from '../../support/breaks.ts';
import { inFile } from '../../support/debit-file.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say, type DebitWorld } from '../../support/debits.ts';
import { bringOurs, brokenLine, deskOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { until } from '../../support/until.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';

/** One that its bank refused, and its second try. */
async function triedAgain(world: DebitWorld): Promise<{ one: Uuid; two: Uuid }> {
  const { db, tools } = world;
  const one = await debit(world, [{ number: 'D-1', amount: '100.000' }]);
  await inFile(db, [one]);
  await say(world, one, 'rejected', 'AM04');
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'failed', retryOn: '2026-11-25' });
  await setClock(db, '2026-11-24T06:00:00Z');
  const biller = tools.directory.current.billersById.get(BILLERS.om.id);
  if (biller === undefined) throw new Error('there is no biller');
  t.equal(await planRetries(tools, biller), 1);
  const [row] = await db.transaction((tx) =>
    tx.query<{ debit_id: Uuid }>('select debit_id from debit_order where retry_of = $1', [one]),
  );
  if (row === undefined) throw new Error('it is not tried again');
  return { one, two: row.debit_id };
}

/** As sending leaves it. */
async function filed({ db }: DebitWorld, debitId: Uuid, state: 'built' | 'sent'): Promise<void> {
  const steps = state === 'sent' ? (['built', 'sent'] as const) : (['built'] as const);
  for (const to of steps)
    await db.transaction(async (tx) => {
      const [one] = await lockDebits(tx, [{ billerId: BILLERS.om.id, debitId }]);
      if (one === undefined) throw new Error('there is no debit');
      await moveDebits(tx, [{ debit: one, to }], { actor: 'worker', at: new Date() });
    });
  await inFile(db, [debitId], { state: state === 'sent' ? 'handed-over' : 'made' });
}

/** The bank has the money of the first after all. */
async function credits(world: DebitWorld, debitId: Uuid): Promise<string> {
  const { fileId } = await bringOurs(statementParts(world), [{ minor: 100_000n, e2e: e2e(debitId) }]);
  t.same(await outcomesOf(world.db, fileId), ['break']);
  return brokenLine(world.db, fileId, 1);
}

t.test('a try that lies in a file which no bank has had is taken back', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const { one, two } = await triedAgain(world);
  await filed(world, two, 'built');
  await credits(world, one);
  const left = await db.transaction(async (tx) => {
    const [file] = await tx.query<{ file_id: Uuid }>(`select file_id from order_file where state = 'made'`);
    return offer(tx, new Map([[debitKind.kind, debitKind]]), file?.file_id ?? '');
  });
  t.match(left, { to: 'withdrawn', reason: /the money of the first try/ });
  t.match(
    await debitStanding(world, two),
    { state: 'planned' },
    'it waits until persons have ended the break',
  );
});

/** Persons place what came for the first, and its second try is collected, in one order or the other. */
async function cameTwice(world: DebitWorld, isPlacedFirst: boolean): Promise<void> {
  const { db } = world;
  done(await addChannel(db, 'deposit', { name: { en: 'Deposits' }, kind: 'deposit' }, ACTOR));
  const parties = { billerCode: 'om-social', channelCode: 'deposit' };
  const since = new Date('2026-01-01T00:00:00Z');
  done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, since));
  const desk = await deskOf(world);
  const { one, two } = await triedAgain(world);
  await filed(world, two, 'sent');
  const id = await credits(world, one);
  const collect = async () => {
    await say(world, two, 'settled');
    await bookAll(world);
    t.match(await debitStanding(world, two), { state: 'collected' });
  };
  if (!isPlacedFirst) await collect();
  const to = isPlacedFirst ? { billNumber: 'D-1' } : { payerId: 'E-1' };
  const asked = await until('the gateway knows of the agreement', async () => {
    const answer = await resolve(desk.one, id, 'deposit', { billerCode: 'om-social', ...to });
    return answer.code !== 'biller-not-served' && answer;
  });
  if (!asked.body?.approvalId) throw new Error(asked.text);
  t.match(await accept(desk.two, asked.body.approvalId), { body: { state: 'accepted' } });
  if (!isPlacedFirst) return;
  await world.tools.directory.refresh();
  await collect();
}

for (const isPlacedFirst of [true, false])
  t.test(`one that its bank has goes on; placed first: ${isPlacedFirst}`, async (t) => {
    const world = await makeDebitWorld(t);
    await cameTwice(world, isPlacedFirst);
    const { bills, credit, told } = await world.db.transaction(async (tx) => ({
      bills: await tx.query(`select status from bill where biller_id = 1 and bill_number = 'D-1'`),
      credit: await tx.query(`select payer_id, available_minor from credit where biller_id = 1`),
      told: await tx.query(
        `select e.type, o.for_payers from event e join event_outbox o using (biller_id, event_id)
          where e.biller_id = 1 and e.type like 'payment.%' order by e.event_id`,
      ),
    }));
    t.same(bills, [{ status: 'paid' }], 'once');
    t.match(credit, [{ payer_id: 'E-1', available_minor: 100_000n }], 'what came a second time is his');
    const first = { type: 'payment.accepted' };
    t.match(told, isPlacedFirst ? [first, { type: 'payment.credited', for_payers: true }] : [first]);
  });
