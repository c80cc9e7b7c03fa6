// Every kind of break beside what matches, and both sides of each in words.
import t from 'tap';
import { bill } from '../../support/client.ts';
import { breaksOf, matched, reconcile, told } from '../../support/day-files.ts';
import { startTestWorld, type TestWorld } from '../../support/gateway.ts';
import { addBills, setClock } from '../../support/world.ts';

/** Pays a bill of its own for each of these references; the ids by reference. */
async function pay(world: TestWorld, ...references: string[]): Promise<Map<string, string>> {
  const bills = references.map((reference) => ({ number: `B-${reference}`, amount: '10.000' }));
  await addBills(world.db, 'om', bills);
  const ids = new Map<string, string>();
  for (const reference of references) {
    const { body, text } = await world
      .client('bank')
      .pay({ reference, bills: [bill(`B-${reference}`, '10.000')] });
    if (body === undefined) throw new Error(text);
    ids.set(reference, body.paymentId);
  }
  return ids;
}

const at = (reference: string, amount = '10.000', status = 'accepted'): string =>
  `${reference},${amount},OMR,${status}`;

void t.test(
  'a reference that is repeated in another currency is a difference in that currency',
  async (t) => {
    const world = await startTestWorld(t);
    await reconcile(world, [
      at('r-1'),
      'r-1,99999.00,DZD,accepted',
      at('r-1', '2.000'),
      'r-1,1.00,DZD,accepted',
    ]);
    const found = (await breaksOf(world)).filter(({ kind }) => kind === 'duplicate-there');
    t.match(
      found.sort((a, b) => a.amount.currency.localeCompare(b.amount.currency)),
      [
        {
          reference: 'r-1',
          amount: { value: '100000.00', currency: 'DZD' },
          theirs: { lines: [2, 3, 5], times: 4 },
        },
        {
          reference: 'r-1',
          amount: { value: '2.000', currency: 'OMR' },
          theirs: { lines: [2, 4], times: 4 },
        },
      ],
    );
    await reconcile(world, [at('r-1'), 'r-1,99999.00,DZD,accepted']);
    t.match(
      (await breaksOf(world, '&state=open')).filter(({ kind }) => kind === 'duplicate-there'),
      [{ amount: { value: '99999.00', currency: 'DZD' } }],
      'and ends without the other',
    );
  },
);

void t.test('each kind once, beside what matches', async (t) => {
  const world = await startTestWorld(t);
  const ids = await pay(world, 'r-1', 'r-2', 'r-3', 'r-4', 'r-5', '-6');
  const refused = await world.client('bank').pay({ reference: 'r-no', bills: [bill('NONE', '1.000')] });
  t.equal(refused.code, 'bill-not-found');
  const day = await reconcile(world, [
    at('r-1'),
    at('r-2', '9.500'),
    at('r-3', '10.000', 'reversed'),
    at('r-4'),
    at('r-4'),
    at('-x', '7.000'),
    at('r-no', '1.000'),
    at('-6'),
  ]);
  t.match(day, {
    channelCode: 'bank',
    state: 'provisional',
    version: 1,
    balanced: false,
    totals: [
      {
        currency: 'OMR',
        theirs: { count: 7, amount: { value: '57.500' }, reversed: 1 },
        ours: { count: 6, amount: { value: '60.000' }, reversed: 0 },
        matched: { count: 3, amount: { value: '30.000' }, reversed: 0 },
      },
    ],
    breaks: [
      { kind: 'amount-differs', open: 1 },
      { kind: 'duplicate-there', open: 1 },
      { kind: 'missing-here', open: 2 },
      { kind: 'missing-there', open: 1 },
      { kind: 'status-differs', open: 1 },
    ],
  });
  const breaks = new Map((await breaksOf(world)).map((each) => [each.reference, each]));
  const ours = { status: 'accepted', amount: { value: '10.000' }, billerCode: 'om-social' };
  t.match(breaks.get('r-2'), {
    kind: 'amount-differs',
    amount: { value: '0.500', currency: 'OMR' },
    line: 3,
    ours: { ...ours, paymentId: ids.get('r-2'), businessDate: '2026-11-22' },
    theirs: { line: 3, status: 'accepted', amount: { value: '9.500' } },
  });
  t.match(breaks.get('r-3'), { kind: 'status-differs', amount: { value: '10.000' }, ours });
  t.match(breaks.get('r-4'), {
    kind: 'duplicate-there',
    amount: { value: '10.000' },
    theirs: { lines: [5, 6], times: 2 },
    ours,
  });
  t.match(breaks.get('r-5'), { kind: 'missing-there', line: null, theirs: null, ours });
  t.match(breaks.get('-x'), { kind: 'missing-here', amount: { value: '7.000' }, ours: null });
  t.match(breaks.get('r-no'), { kind: 'missing-here', ours: { status: 'refused', code: 'bill-not-found' } });

  const response = await fetch(`${world.baseUrl}/v1/reconciliations/2026-11-22/breaks.csv`, {
    headers: { authorization: `Bearer ${world.keys.get('bank')}` },
  });
  const rows = (await response.text()).trimEnd().split('\r\n');
  t.equal(rows[0], 'breakId,kind,reference,ours,theirs,state,amount,currency,line,paymentId,resolution');
  t.match(
    rows.sort().find((row) => row.includes('r-2')),
    /,amount-differs,r-2,accepted 10.000 OMR 2026-11-22,accepted 9.500 OMR,open,0.500,OMR,3,pay_/,
  );
  t.match(
    rows.find((row) => row.includes('-x')),
    /,missing-here,'-x,,/,
    'nothing that a spreadsheet would run',
  );
});

void t.test('money that went back, and money that was kept', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const ids = await pay(world, 'a', 'b', 'c', 'd', 'e', 'f');
  for (const reference of ['a', 'b', 'c']) await bank.reverse(ids.get(reference) ?? '', `undo-${reference}`);
  await bank.cancel('never-came');
  await bank.pay({ reference: 'kept', cashHeld: true, bills: [bill('NONE', '2.000')] });
  await bank.pay({ reference: 'kept-too', cashHeld: true, bills: [bill('NONE', '2.000')] });
  const lines = [
    at('a', '10.000', 'reversed'),
    at('b'),
    at('d', '10.000', 'credited'),
    at('e'),
    at('f'),
    at('kept', '2.000', 'credited'),
    at('kept-too', '2.000'),
    at('never-came', '3.000', 'reversed'),
    at('unheard', '3.000', 'reversed'),
  ];
  await reconcile(world, lines);
  t.same(
    await told(world),
    ['missing-here unheard', 'status-differs b', 'status-differs d'],
    'a reversed one that the file leaves out is no difference, nor is a cancelled one that it calls reversed',
  );

  await setClock(world.db, '2026-11-23T06:00:00Z');
  await world.db.transaction((tx) =>
    tx.query(`update payment set reversible_until = reversible_until + interval '2 days'`),
  );
  for (const reference of ['e', 'f']) await bank.reverse(ids.get(reference) ?? '', `undo-${reference}`);
  await reconcile(world, [...lines.filter((line) => !line.startsWith('f,')), '']);
  t.same(
    await told(world),
    ['missing-here unheard', 'missing-there f', 'status-differs b', 'status-differs d'],
    'what was reversed on a later date had been taken on this one',
  );
  t.match(
    await reconcile(
      world,
      lines.map((line) => line.replace(/^e,.*/, at('e', '10.000', 'reversed'))),
    ),
    {
      breaks: [
        { kind: 'missing-here', open: 1 },
        { kind: 'status-differs', open: 2 },
      ],
    },
  );
  const next = { date: '2026-11-23' };
  await reconcile(world, [at('e', '10.000', 'reversed'), at('f')], next);
  t.same(await told(world, next), ['status-differs f'], 'a reversal may stand in the file of its own date');
});

void t.test('dates, fees and currencies', async (t) => {
  const world = await startTestWorld(t);
  await pay(world, 'r-1', 'r-2', 'r-3', 'r-4');
  await setClock(world.db, '2026-11-22T13:00:00Z');
  await pay(world, 'late-1');
  const header = 'status,currency,reference,fee,amount,businessDate,billerCode,billNumber,occurredAt';
  const file = [
    'accepted,OMR,r-1,0.200,10.000,2026-11-22,om-social,B-r-1,2026-11-22T08:00:00Z',
    'accepted,OMR,r-2,0.100,10.000,,,,',
    'accepted,QAR,r-3,,10.00,,,,',
    'accepted,OMR,r-4,,10.000,2026-11-21,,,',
    'accepted,OMR,late-1,,10.000,,,,',
    'accepted,OMR,new,,1.000,,om-social,B-9,2026-11-22T08:00:00+04:00',
  ];
  const response = await fetch(`${world.baseUrl}/v1/reconciliations/2026-11-22`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.keys.get('bank')}`, 'content-type': 'text/csv' },
    body: [header, ...file].join('\r\n'),
  });
  t.equal(response.status, 202);
  await matched(world);
  t.same(await told(world), [
    'amount-differs r-2',
    'amount-differs r-3',
    'missing-here new',
    'wrong-day late-1',
    'wrong-day r-4',
  ]);
  const breaks = new Map((await breaksOf(world)).map((each) => [each.reference, each]));
  t.match(breaks.get('r-2'), { amount: { value: '0.100' }, theirs: { fee: { value: '0.100' } } });
  t.match(breaks.get('r-3'), { amount: { value: '10.000', currency: 'OMR' } });
  t.match(breaks.get('late-1'), { ours: { businessDate: '2026-11-23' } });
  t.match(breaks.get('new'), {
    theirs: { billerCode: 'om-social', billNumber: 'B-9', occurredAt: '2026-11-22T08:00:00+04:00' },
  });
});
