// A debit in a trace, from the mandate to the line of the statement: asked for by itself, by what it paid, by its bill, or by
// the line that credits it.
import t from 'tap';
import { trace } from '../../src/desk/index.ts';
import { tellTrace } from '../../src/desk/tell-trace.ts';
import { showId } from '../../src/kernel/ids.ts';
import { endToEndIdOf } from '../../src/mandates/debits/index.ts';
import { look } from '../support/breaks.ts';
import { inFile } from '../support/debit-file.ts';
import { bookAll, debit, makeDebitWorld, say } from '../support/debits.ts';
import { bringOurs, brokenLine, deskOf, statementParts } from '../support/statement-world.ts';
import { IBAN } from '../support/mandates.ts';

t.test('from the mandate to the line', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const one = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '20.000', owedAsOf: '2026-11-20' },
  ]);
  const refused = await debit(world, [{ number: 'D-3', amount: '5.000' }]);
  const order = await inFile(db, [one, refused]);
  await say(world, refused, 'rejected', 'AM04');
  await bringOurs(statementParts(world), [{ minor: 30_000n, e2e: endToEndIdOf(one), ref: 'A' }]);
  await bookAll(world);
  const shown = showId('dbt', one);
  const found = await trace(db, shown);
  t.match(found, {
    debits: [
      {
        debitId: shown,
        endToEndId: endToEndIdOf(one),
        state: 'collected',
        biller: 'om-social',
        channel: 'bank',
        order,
        amount: { value: '30.000', currency: 'OMR' },
        mandate: {
          state: 'accepted',
          history: [
            { action: 'created' },
            {},
            { action: 'bank-validated', side: 'bank' },
            { action: 'accepted' },
          ],
        },
        bills: [
          { billNumber: 'D-1', outcome: 'paid', paymentId: /^pay_/ },
          { billNumber: 'D-2', outcome: 'paid' },
        ],
        words: [{ verdict: 'settled', source: /^statement stm_\w+ line 1$/, isBooked: true }],
        lines: [{ kind: 'debit', amount: { value: '30.000' } }],
      },
    ],
  });
  t.same(found?.debits[0]?.history.map(({ state, by }) => `${state} ${by}`).toSorted(), [
    'built worker',
    'collected bank bank',
    'planned worker',
    'sent worker',
  ]);
  t.same(found?.payments.map(({ amount }) => amount.value).toSorted(), ['10.000', '20.000']);
  const text = found === undefined ? '' : tellTrace(found);
  for (const told of [
    new RegExp(`^Debit ${shown}   collected\\n`),
    /\n {2}mandate +mnd_\w+ \(M-\d+\), accepted\n/,
    /mandate bank-validated, by the bank/,
    /the bank says settled: statement stm_\w+ line 1\n/,
    /credited by the bank with stm_\w+ line 1, booked 2026-11-23, 30\.000 OMR/,
  ])
    t.match(text, told);
  t.notOk(text.includes(IBAN), 'the account is masked');
  const [paymentId = ''] = found?.payments.map((each) => each.paymentId) ?? [];
  const line = found?.debits[0]?.lines[0];
  const asked = [endToEndIdOf(one), paymentId, 'om-social/D-2', `${line?.statementId}:${line?.line}`];
  for (const name of asked)
    t.same(
      (await trace(db, name))?.debits.map(({ debitId }) => debitId),
      [shown],
      name,
    );
  t.match((await trace(db, 'D-3'))?.debits, [
    { state: 'failed', why: 'insufficient-funds', retryOn: /^2026/, lines: [], words: [{ code: 'AM04' }] },
  ]);
});

t.test('a line that contradicts it, its break and it name each other', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  const one = await debit(world, [{ number: 'D-1', amount: '70.000' }]);
  await inFile(db, [one]);
  const { fileId } = await bringOurs(statementParts(world), [{ minor: 69_000n, e2e: endToEndIdOf(one) }]);
  const debitId = showId('dbt', one);
  const breakId = await brokenLine(db, fileId, 1);
  const found = await trace(db, debitId);
  const line = found?.debits[0]?.breaks[0]?.line ?? '';
  t.match(found?.debits, [
    { lines: [], breaks: [{ breakId, kind: 'unplaced-line', state: 'open', line: /^stm_\w+:1$/ }] },
  ]);
  t.match(found && tellTrace(found), `break ${breakId}   unplaced-line, open, of line ${line}`);
  for (const name of [breakId, line]) {
    const there = await trace(db, name);
    t.match(there, { debits: [{ debitId }], breaks: [{ breakId, debitId }], lines: [{ line: 1 }] }, name);
    t.match(there && tellTrace(there), debitId);
  }
  const shown = await look((await deskOf(world)).one, breakId);
  t.match(shown.body?.ours, { debitId });
});
