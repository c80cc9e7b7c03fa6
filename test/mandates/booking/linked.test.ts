// A linked agency is asked for the bills before they are paid; while it keeps silent the debit waits, a day at most.
import { Registry } from 'prom-client';
import t from 'tap';
import { setLink } from '../../../src/billers/index.ts';
import { AgencyLink, linkMetrics } from '../../../src/bills/link/index.ts';
import { Session } from '../../../src/platform/db/index.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openCaller } from '../../../src/platform/outgoing/index.ts';
import { MISBEHAVIOURS, startAgency } from '../../support/agency-server.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';
import { ACTOR, done, MASTER_KEY, setClock } from '../../support/world.ts';

t.test('asked before, waited for, and then taken by its last word', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const agency = await startAgency(t);
  const settings = {
    url: agency.url,
    secret: agency.secret,
    deadlineMs: 5000,
    freshForSeconds: 0,
    whenDown: 'refuse' as const,
  };
  const keys = { masterKey: MASTER_KEY, allowedNetworks: ['127.0.0.0/8'] };
  done(await setLink(db, 'om-social', settings, keys, ACTOR));
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const session = new Session(world.url, 'wasit-links');
  t.teardown(() => session.close());
  const clock = { now: 0 };
  const link: AgencyLink = new AgencyLink({
    database: db,
    session,
    caller,
    masterKey: MASTER_KEY,
    log: createLog({ level: 'silent' }),
    metrics: linkMetrics(new Registry(), () => link.circuits()),
    now: () => clock.now,
  });
  const booking = { tools: { ...world.tools, link } };
  const owed = { payerId: 'E-1', amount: { value: '10.000', currency: 'OMR' } };
  for (const number of ['D-1', 'D-2', 'D-3', 'D-4', 'D-5']) agency.has(number, owed);
  agency.has('D-2', { status: 'paid', paidAt: '2026-11-20T08:00:00Z' });
  agency.has('D-3', { amount: { value: '12.000', currency: 'OMR' } });

  const one = await debit(
    world,
    ['D-1', 'D-2', 'D-3'].map((number) => ({ number, amount: '10.000' })),
  );
  await say(world, one, 'settled');
  await bookAll(booking);
  t.equal(agency.questions.length, 3);
  t.match(
    await debitStanding(world, one),
    { state: 'collected', bills: ['D-1 paid paid', 'D-2 credited cancelled', 'D-3 credited open'] },
    'paid elsewhere, and replaced by one that owes more: the payer’s credit',
  );

  agency.misbehave(MISBEHAVIOURS['answers 500']);
  const two = await debit(world, [{ number: 'D-4', amount: '10.000' }]);
  const refused = await debit(world, [{ number: 'D-5', amount: '10.000' }]);
  await say(world, two, 'settled');
  await say(world, refused, 'rejected', 'AM04');
  await bookAll(booking);
  t.match(await debitStanding(world, two), { state: 'sent', waiting: 1 });
  t.match(await debitStanding(world, refused), { state: 'failed', waiting: 0 }, 'nobody needs to be asked');
  await setClock(db, '2026-11-23T08:30:00Z');
  await bookAll(booking);
  t.match(await debitStanding(world, two), { state: 'collected', waiting: 0, bills: ['D-4 paid paid'] });
});
