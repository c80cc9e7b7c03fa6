// What persons decide of deposits that lie in suspense, and agencies that are asked for their bills before anything is
// placed. The books are checked when each database closes.
import { Registry } from 'prom-client';
import t, { type Test } from 'tap';
import { AgencyLink, linkMetrics } from '../../../src/bills/link/index.ts';
import { Refused } from '../../../src/kernel/errors.ts';
import { createLog } from '../../../src/platform/log.ts';
import { Session } from '../../../src/platform/db/index.ts';
import { openCaller } from '../../../src/platform/outgoing/index.ts';
import {
  placeDeposits,
  placeFromSuspense,
  type DepositTools,
  type SuspenseWish,
} from '../../../src/reconciliation/deposits/index.ts';
import { linkTo, startAgency, type Agency } from '../../support/agency-server.ts';
import { depositWorld, type DepositWorld } from '../../support/deposits.ts';
import { balances } from '../../support/remit-world.ts';
import { addBills, BILLERS, MASTER_KEY, setClock } from '../../support/world.ts';

const om = BILLERS.om.id;

t.test('out of suspense: into a bill, a payer’s credit, once', async (t) => {
  const world = await depositWorld(t);
  await addBills(world.db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', payer: 'E-20417' },
    { number: 'OM-26-0002', amount: '20.000', payer: 'E-20417' },
  ]);
  const [first, second] = await world.arrive([
    { text: 'thank you', amount: '10.000' },
    { text: 'merci', amount: '15.000' },
  ]);
  if (first === undefined || second === undefined) throw new Error('no lines');
  await placeDeposits(world.tools, [first, second]);
  const place = (wish: Omit<SuspenseWish, 'statementId'>): Promise<unknown> =>
    world.db
      .transaction((tx) =>
        placeFromSuspense(tx, { ...world.tools, lane: 64 }, { ...wish, statementId: first.statementId }),
      )
      .catch((error: unknown) => {
        if (error instanceof Refused) return error.refusal.code;
        throw error;
      });
  t.equal(await place({ line: 1, to: { billerId: om, billNumber: 'OM-26-0002' } }), 'underpayment');
  t.equal(await place({ line: 1, to: { billerId: om, billNumber: 'NOBODYS' } }), 'bill-not-found');
  t.equal(await place({ line: 1, to: { billerId: om, payerId: 'E-99' } }), 'approval-impossible');
  t.equal(await place({ line: 1, to: { billerId: BILLERS.dz.id, payerId: 'P-1' } }), 'currency-mismatch');
  t.equal(await place({ line: 9, to: { billerId: om, payerId: 'E-20417' } }), 'approval-impossible');
  const wish = { line: 1, to: { billerId: om, billNumber: 'OM-26-0001' } };
  const both = await Promise.all([place(wish), place(wish)]);
  t.equal(both.filter((each) => each === 'approval-impossible').length, 1, 'once, however many decide it');
  t.match(await place({ line: 2, to: { billerId: om, payerId: 'E-20417' } }), [{}, { kind: 'credit' }]);
  t.match(await world.told([first, second]), [
    {
      outcome: 'deposit',
      parts: [
        'suspense 10000',
        'out-of-suspense -10000',
        'deposit om-social 10000 accepted OM-26-0001=10000',
      ],
    },
    { outcome: 'deposit', parts: ['suspense 15000', 'out-of-suspense -15000', 'credit om-social 15000'] },
  ]);
  t.same(await balances(world.db, om), {
    'bank/1': 25_000n,
    'biller/payable': -10_000n,
    'payer/credit': -15_000n,
  });
  t.notOk('suspense' in (await balances(world.db, 0)));
});

async function linkedWorld(t: Test): Promise<{ world: DepositWorld; tools: DepositTools; agency: Agency }> {
  const world = await depositWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { freshForSeconds: 0, whenDown: 'refuse' });
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const session = new Session(world.url, 'wasit-links');
  t.teardown(() => session.close());
  const link: AgencyLink = new AgencyLink({
    database: world.db,
    session,
    caller,
    masterKey: MASTER_KEY,
    log: createLog({ level: 'silent' }),
    metrics: linkMetrics(new Registry(), () => link.circuits()),
  });
  return { world, agency, tools: { ...world.tools, link } };
}

t.test('a linked agency’s word comes first', async (t) => {
  const { world, agency, tools } = await linkedWorld(t);
  const DZD = { currency: 'DZD' } as const;
  await addBills(world.db, 'dz', [
    { number: 'DZ-26-0001', amount: '100.00', payer: 'P-1001' },
    { number: 'DZ-26-0002', amount: '100.00', payer: 'P-1001' },
    { number: 'DZ-26-0003', amount: '100.00', payer: 'P-1001' },
  ]);
  agency.has('DZ-26-0001', { payerId: 'P-1001' });
  agency.has('DZ-26-0002', { payerId: 'P-1001', status: 'paid' });
  agency.has('DZ-26-0003', { payerId: 'P-1001' });
  const lines = await world.arrive([
    { text: 'DZ-26-0001', amount: '100.00', ...DZD },
    { text: 'DZ-26-0002', amount: '100.00', ...DZD },
  ]);
  await placeDeposits(tools, lines);
  t.match(await world.told(lines), [
    { parts: [/accepted/], breaks: [] },
    { parts: [/credited/], breaks: ['deposit-already-paid bill-already-paid'] },
  ]);
  await agency.stop();
  const late = await world.arrive([
    { text: 'DZ-26-0003', amount: '100.00', ...DZD },
    { text: 'nothing', amount: '100.00', ...DZD },
  ]);
  await placeDeposits(tools, late);
  t.match(
    await world.told(late),
    [{ outcome: null }, { outcome: 'suspense' }],
    'it waits, the others do not',
  );
  await setClock(world.db, '2026-11-23T09:00:00Z');
  await placeDeposits(tools, late);
  t.match(await world.told(late), [
    { outcome: 'deposit', parts: ['credit dz-social 10000'], breaks: ['deposit-refused agency-unavailable'] },
    {},
  ]);
});
