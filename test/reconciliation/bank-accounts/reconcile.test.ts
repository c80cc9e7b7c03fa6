// A bank account in the books against what the bank says, to the last unit: what is not booked, what was told early, what
// no line has proved, what has not come.
import { Registry } from 'prom-client';
import t from 'tap';
import { bankAccountMetrics } from '../../../src/reconciliation/bank-accounts/index.ts';
import { colleague } from '../../support/staff.ts';
import { camt } from '../../support/bank-statement.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';
import { ask, accept, idOf } from '../../support/approvals.ts';
import { bring, bringOurs, deskOf, OURS, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { commandLine } from '../../support/command-line.ts';
import { assertBooksBalance } from '../../support/books.ts';

const omr = (value: string) => ({ value, currency: 'OMR' });
const day = (on: string) => ({ from: on, to: on });

t.test('item by item', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const bank = statementParts(world);
  const { one, two } = await deskOf(world);
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const path = '/v1/bank-accounts/ours-omr/reconciliation';
  const look = async () => (await one.send<Record<string, unknown>>('GET', path)).body;
  t.match(await agency.send('GET', path), { code: 'forbidden' });
  t.match(await one.send('GET', '/v1/bank-accounts/nobody/reconciliation'), { code: 'not-found' });
  t.match(await look(), {
    books: omr('0.000'),
    opening: null,
    closing: null,
    gap: null,
    difference: omr('0.000'),
  });

  await bringOurs(
    bank,
    [
      { minor: 40n, ref: 'E1' },
      { minor: 60n, ref: 'E2' },
    ],
    {
      id: 'N1',
      notification: true,
      ...day('2026-11-20'),
    },
  );
  t.match(await look(), {
    books: omr('0.100'),
    early: { count: 2, amount: omr('0.100'), missed: { count: 0 } },
  });

  await bringOurs(bank, [{ minor: 40n, ref: 'E1' }, { minor: -7n }], {
    ...day('2026-11-20'),
    opening: 1_000n,
    id: 'S1',
  });
  t.match(await look(), {
    books: omr('0.100'),
    opening: { on: '2026-11-20', amount: omr('1.000') },
    closing: { on: '2026-11-20', amount: omr('1.033') },
    unbooked: { count: 1, amount: omr('-0.007'), since: '2026-11-20' },
    early: { count: 1, amount: omr('0.060'), since: '2026-11-20', missed: { count: 0 } },
    gap: omr('0.000'),
    difference: omr('0.000'),
  });

  await bringOurs(bank, [{ minor: 5n, ref: 'L' }], { ...day('2026-11-25'), opening: 1_050n, id: 'S3' });
  t.match(await look(), {
    closing: { amount: omr('1.055') },
    early: { missed: { count: 1, amount: omr('0.060') } },
    gap: omr('0.017'),
  });
  const registry = new Registry();
  bankAccountMetrics(registry, db);
  t.match(
    await registry.metrics(),
    /missed_lines\{account="ours-omr"\} 1\n[^]*gaps\{account="ours-omr"\} 1\n/,
  );
  await bringOurs(bank, [{ minor: 17n, ref: 'M' }], { ...day('2026-11-24'), opening: 1_033n, id: 'S2' });
  t.match(await look(), { gap: omr('0.000'), difference: omr('0.000') }, 'it has come');
  t.match(
    await registry.metrics(),
    /missed_lines\{account="ours-omr"\} 1\n[^]*gaps\{account="ours-omr"\} 0\n/,
  );

  const content = { channelCode: 'agent', amount: omr('0.500'), account: 'ours-omr' };
  const asked = await ask(one, 'top-up', content);
  await accept(two, asked.body?.approvalId ?? '');
  t.match(await look(), {
    withoutLine: { amount: omr('0.500'), topUps: { count: 1, amount: omr('0.500') }, other: omr('0.000') },
    difference: omr('0.000'),
  });
  const { fileId } = await bringOurs(bank, [{ minor: 500n, ref: 'T', text: 'WASIT/agent' }], {
    ...day('2026-11-26'),
    opening: 1_055n,
    id: 'S4',
  });
  t.same(await outcomesOf(db, fileId), ['top-up']);
  t.match(await look(), {
    withoutLine: { amount: omr('0.000') },
    unbooked: { count: 1 },
    difference: omr('0.000'),
  });
  const { wasit } = await commandLine(t, world.url);
  t.match(await wasit('bank', 'account', 'reconcile'), { code: 0, out: /ours-omr +OMR/ });
  const shown = await wasit('bank', 'account', 'reconcile', 'ours-omr');
  t.match(shown, {
    code: 0,
    out: /opening +1\.000[^]*unbooked +-0\.007 +1 +2026-11-20[^]*missed +0\.060 +1[^]*= +closing +1\.555/,
  });
  t.match(await wasit('bank', 'account', 'reconcile', 'nobody'), { code: 1, err: /no account nobody/ });
});

t.test('money of a prefunded channel that persons have told and a line brings is one top-up', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const bank = statementParts(world);
  const { one, two } = await deskOf(world);
  const before = (await balances(db, 0))['channel/float/2'] ?? 0n;
  for (const reference of ['BANK-1', 'BANK-2'])
    await accept(
      two,
      await idOf(ask(one, 'top-up', { channelCode: 'agent', amount: omr('0.500') }, { reference })),
    );
  const line = (text: string) => ({ minor: 500n, text: `WASIT/agent ${text}` });
  const { fileId } = await bring(
    bank,
    camt({
      account: OURS,
      currency: 'OMR',
      bookings: [line('by BANK-2'), line('x'), line('y'), { minor: 501n, text: 'WASIT/agent' }],
    }),
  );
  t.same(await outcomesOf(db, fileId), ['top-up', 'top-up', 'top-up', 'top-up']);
  const after = await balances(db, 0);
  t.match(after, { 'bank/1': 2_001n, 'channel/float/2': before - 2_001n });
  t.notOk(after['bank/0'], 'what was booked to no account is on this one now');
  t.match((await ask(one, 'top-up', { channelCode: 'agent', amount: omr('0.500') })).body, {
    summary: /a bank statement has put as much into its float on 2026-11-22/,
  });
  await assertBooksBalance(db);
});
