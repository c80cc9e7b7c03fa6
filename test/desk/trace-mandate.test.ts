// A mandate in a trace: its life, its bank, and what was collected under it.
import t from 'tap';
import { trace } from '../../src/desk/index.ts';
import { tellTrace } from '../../src/desk/tell-trace.ts';
import { showId } from '../../src/kernel/ids.ts';
import { setBankLink } from '../../src/mandates/index.ts';
import { debit, makeDebitWorld, say } from '../support/debits.ts';
import { IBAN } from '../support/mandates.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

t.test('the life of a mandate', async (t) => {
  const world = await makeDebitWorld(t);
  const { db, mandateId } = world;
  const shown = showId('mnd', mandateId);
  t.match(await trace(db, shown), { mandates: [{ debits: [], debitCount: 0, bank: { way: 'none' } }] });
  const tools = { masterKey: MASTER_KEY, allowedNetworks: [] };
  done(await setBankLink(db, 'bank', { bic: 'BMUSOMRX' }, tools, ACTOR));
  const one = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
  const other = await debit(world, [{ number: 'D-2', amount: '20.000' }]);
  await say(world, other, 'rejected', 'AM04');
  const found = await trace(db, shown);
  t.match(found, {
    asked: shown,
    payments: [],
    debits: [],
    mandates: [
      {
        mandateId: shown,
        state: 'accepted',
        biller: 'om-social',
        bank: { channel: 'bank', way: 'none', bic: 'BMUSOMRX', submissions: [{ submission: 1 }] },
        covers: [{ biller: 'om-social', payerId: 'E-1', state: 'accepted' }],
        history: [
          { action: 'created' },
          { action: 'submitted' },
          { action: 'bank-validated', side: 'bank' },
          { action: 'accepted' },
        ],
        debits: [{ amount: { value: /0\.000/ } }, {}],
        debitCount: 2,
      },
    ],
  });
  t.same(
    found?.mandates[0]?.debits.map(({ debitId }) => debitId).toSorted(),
    [one, other].map((id) => showId('dbt', id)).toSorted(),
  );
  const text = found === undefined ? '' : tellTrace(found);
  for (const told of [
    new RegExp(`^Mandate ${shown}   accepted\\n`),
    /\n {2}from +OM\S+ at bank\n/,
    /\n {2}bank +looks for itself, BMUSOMRX\n/,
    /Z {2}bank-validated, by the bank\n/,
    /\n {2}2 debits\n/,
    /dbt_\w+ {2}20\.000 OMR for om-social/,
  ])
    t.match(text, told);
  t.notOk(text.includes(IBAN), 'the account is masked');
  t.equal(await trace(db, showId('mnd', one)), undefined, 'there is no such mandate');
});
