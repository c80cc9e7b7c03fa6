// A day's files one after the other: corrected, malformed, the same again.
import t from 'tap';
import { breaksOf, matched, reconcile, send, told } from '../../support/day-files.ts';
import { at, file, paid, resolve } from '../../support/day-versions.ts';
import { startTestWorld } from '../../support/gateway.ts';

void t.test('a corrected file replaces the earlier, a malformed one does not', async (t) => {
  const world = await startTestWorld(t);
  await paid(world, 4);
  t.match(await reconcile(world, [at(1, '9.000'), at(2, '9.000'), at(3)]), {
    version: 1,
    state: 'provisional',
  });
  t.same(await told(world), ['amount-differs r-1', 'amount-differs r-2', 'missing-there r-4']);
  await resolve(world, 'r-2');

  const same = file(at(1, '9.000'), at(2, '9.000'), at(3));
  t.match(await send(world, same), { status: 200, body: { version: 1 } });
  t.match(await matched(world), { version: 1 });

  t.match(await send(world, file(at(1), 'r-2,10.00,OMR,accepted', at(3), 'r 4,x,OMR,gone')), {
    status: 202,
    body: { version: 2 },
  });
  const failed = await matched(world);
  t.match(failed, { state: 'failed', version: 1, balanced: false });
  t.same(
    failed.faults.map(({ line, field }) => [line, field]),
    [
      [3, 'amount'],
      [5, 'reference'],
    ],
  );
  t.same(await told(world), ['amount-differs r-1', 'missing-there r-4'], 'the earlier one stays in force');

  await reconcile(world, [at(1), at(2, '9.000'), at(3), at(4, '10.500')]);
  t.same(await told(world), ['amount-differs r-4']);
  const gone = await breaksOf(world, '&state=gone');
  t.same(gone.map(({ kind, reference }) => `${kind} ${reference}`).sort(), [
    'amount-differs r-1',
    'missing-there r-4',
  ]);
  const [kept] = await breaksOf(world, '&state=resolved');
  t.match(kept, { reference: 'r-2', resolution: 'accept-ours' }, 'what was resolved stays so');

  await reconcile(world, [at(1, '9.000'), at(2), at(3), at(4)]);
  t.same(await told(world), ['amount-differs r-1'], 'and what was gone opens again');
  const last = await matched(world);
  t.match(
    last.versions.map(({ version, state, lines }) => [version, state, lines]),
    [
      [4, 'matched', 4],
      [3, 'matched', 4],
      [2, 'failed', null],
      [1, 'matched', 3],
    ],
  );
  const steps = await world.db.transaction((tx) =>
    tx.query<{ actions: string }>(
      `select string_agg(action, ' ' order by s.recorded_at, s.step_id) as actions from break b join break_step s using (biller_id, break_id)
        where reference = 'r-1' group by b.break_id`,
    ),
  );
  t.same(
    steps.map(({ actions }) => actions),
    ['opened gone changed'],
  );
});

void t.test('what was resolved ends what was seen, and no other amount', async (t) => {
  const world = await startTestWorld(t);
  await paid(world, 1);
  const twice = (amount: string): string[] => ['x-2,1.000,OMR,accepted', `x-2,${amount},OMR,accepted`];
  await reconcile(world, [at(1, '10.009'), 'x-1,10.000,OMR,accepted', ...twice('1.000')]);
  t.same(await told(world), [
    'amount-differs r-1',
    'duplicate-there x-2',
    'missing-here x-1',
    'missing-here x-2',
  ]);
  const first = await resolve(world, 'r-1', 'suspense');
  for (const reference of ['x-1', 'x-2', 'x-2']) await resolve(world, reference);
  t.same(await told(world), []);

  await reconcile(world, ['x-1,10.000,OMR,accepted', at(1, '10.009'), ...twice('1.000')]);
  t.same(await told(world), [], 'the same at other lines is resolved');

  const corrected = [at(1, '510.000'), 'x-1,9999.000,OMR,accepted', ...twice('700.000')];
  t.match(await reconcile(world, corrected), { balanced: false });
  const open = await breaksOf(world, '&state=open');
  t.same(open.map(({ kind, reference, amount }) => `${kind} ${reference} ${amount.value}`).sort(), [
    'amount-differs r-1 500.000',
    'duplicate-there x-2 700.000',
    'missing-here x-1 9999.000',
  ]);
  t.match(
    open.find(({ reference }) => reference === 'r-1'),
    { ours: { status: 'accepted', resolvedBefore: first } },
  );

  await reconcile(world, [at(1, '510.000'), 'x-1,10.000,OMR,accepted', ...twice('1.000')]);
  t.same(await told(world), ['amount-differs r-1'], 'what is said as it was resolved is resolved');
  await resolve(world, 'r-1', 'suspense');
  await reconcile(world, corrected);
  t.same(await told(world), ['duplicate-there x-2', 'missing-here x-1'], 'and opens again where it was gone');

  await reconcile(world, [at(1, '710.000'), 'x-1,10.000,OMR,accepted', ...twice('1.000')]);
  t.same(await told(world), ['amount-differs r-1'], 'a third amount is a break again');
});
