// A bank is called for a debit when there is somebody to credit, and says of that debit what it says.
import t from 'tap';
import { setAgreement } from '../../../src/channels/index.ts';
import { look, opened } from '../../support/mandates.ts';
import { ask, begin, payer, statusOf } from '../../support/demanded.ts';
import { setAccount } from '../../support/remit-world.ts';
import { until } from '../../support/until.ts';
import { ACTOR, done } from '../../support/world.ts';

t.test('by the route direct an agency without an account waits, and is told of', async (t) => {
  const { world, bank } = await begin(t);
  const { db, agency, sweep, collect, skipPauses } = world;
  const { mandateId, bills } = await payer(world, 1);
  const of = { billerCode: 'om-social', channelCode: 'bank' };
  done(await setAgreement(db, of, { route: 'direct' }, ACTOR));
  bank.answering = () => ({ outcome: 'refused', code: 'AC04' });
  const asked = await until('the gateway knows of the agreement', async () => {
    const answer = await ask(agency, { mandateId, bills });
    return answer.body?.state === 'built' && answer;
  });
  t.equal(asked.status, 202);
  t.equal(asked.body?.waits, 'account', 'what is missing is said at once');
  bank.answering = ({ path }) => ({ outcome: path.endsWith('/debits') ? 'collected' : 'validated' });
  bank.calls.length = 0;
  const other = await opened(agency, { payerId: 'E-NOWHERE' });
  await sweep();
  await skipPauses();
  await sweep();
  t.same(bank.calls, [], 'nobody is called');
  t.match(await look(agency, other), { body: { state: 'submitted' } });
  t.equal(await statusOf(world, bills[0]), 'open');
  t.match(world.lines.join('|'), /none of its own.*wasit biller account set.*; debits wait/);
  t.match(world.lines.join('|'), /a mandate cannot go; it waits/);

  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: '444000111222' });
  await skipPauses();
  await sweep();
  await collect();
  t.match(await look(agency, other), { body: { state: 'bank-validated' } });
  t.equal(await statusOf(world, bills[0]), 'paid');
  const [call] = bank.calls.filter(({ path }) => path.endsWith('/debits'));
  t.match(call?.body, {
    debitId: asked.body?.debitId,
    creditor: { name: 'Social', account: '444000111222' },
  });
  const routes = await db.transaction((tx) =>
    tx.query(`select creditor_route from debit_order where state = 'collected'`),
  );
  t.same(routes, [{ creditor_route: 'direct' }]);
});

t.test('called again, it names the same creditor whatever was agreed meanwhile', async (t) => {
  const { world, bank } = await begin(t);
  const { db, agency, sweep, skipPauses } = world;
  const { mandateId, bills } = await payer(world, 1);
  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: '444000111222' });
  bank.answering = (_, response) => void response.writeHead(503).end();
  t.match(await ask(agency, { mandateId, bills }), { status: 202, body: { state: 'built' } });
  done(await setAgreement(db, { billerCode: 'om-social', channelCode: 'bank' }, { route: 'direct' }, ACTOR));
  await skipPauses();
  await sweep();
  const names = bank.calls.filter(({ path }) => path.endsWith('/debits')).map(({ body }) => body['creditor']);
  t.match(names, [{ name: 'Wasit Operations' }, { name: 'Wasit Operations' }]);
});

t.test('an answer of another debit is wrong, and books nothing', async (t) => {
  const { world, bank } = await begin(t);
  const { agency, collect, skipPauses, wrong } = world;
  const { mandateId, bills } = await payer(world, 1);
  bank.answering = () => ({ outcome: 'collected', debitId: 'dbt_01m8qzqxv4000ha95zn4rw3ytn' });
  const asked = await ask(agency, { mandateId, bills });
  t.match(asked, { status: 202, body: { state: 'built' } });
  await skipPauses();
  await collect();
  t.equal(await statusOf(world, bills[0]), 'open');
  t.same([...wrong], ['bank']);
  bank.answering = ({ id }) => ({ outcome: 'collected', debitId: id });
  await skipPauses();
  await collect();
  t.equal(await statusOf(world, bills[0]), 'paid');
});
