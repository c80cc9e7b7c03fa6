// Debits looked at: who sees which, lists by what, and everything that stands of one.
import t from 'tap';
import { newId, showId } from '../../../src/kernel/ids.ts';
import type { DebitAnswer } from '../../../src/mandates/follow/answer-schema.ts';
import { idOf, list, makeFollowedWorld, play } from '../../support/followed-debits.ts';
import { colleague } from '../../support/staff.ts';
import { BILLERS } from '../../support/world.ts';

t.test('lists by mandate, payer, state, day and bill, a page at a time', async (t) => {
  const world = await makeFollowedWorld(t);
  const { agency } = world;
  const all = (await list(agency)).body?.items ?? [];
  t.equal(all.length, 4);
  t.match(
    all.find(({ state }) => state === 'planned'),
    {
      state: 'planned',
      billerCode: 'om-social',
      channelCode: 'bank',
      account: /^OM\*+3456$/,
      collectOn: '2026-11-30',
      attempt: 1,
      way: null,
      endToEndId: /^WSTD/,
    },
  );
  const count = async (query: string) => (await list(agency, query)).body?.items.length;
  for (const [query, expected] of [
    [`?mandateId=${world.mandate}`, 3],
    [`?mandateId=${world.other}`, 1],
    [`?mandateId=${showId('mnd', newId(0, BILLERS.om.id))}`, 0],
    ['?payerId=S-2', 3],
    ['?payerId=T-1', 1],
    ['?payerId=X-1', 0],
    ['?state=held', 1],
    ['?state=sent', 0],
    ['?from=2026-11-30&to=2026-11-30', 4],
    ['?from=2026-12-01', 0],
    ['?to=2026-11-29', 0],
    ['?billNumber=D-2', 1],
    ['?billNumber=D-6', 0],
    ['?payerId=S-1&state=planned&billNumber=D-3', 1],
  ] as const)
    t.equal(await count(query), expected, query);
  const pages: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const { body } = await list(agency, `?limit=3${next === '' ? '' : `&after=${next}`}`);
    pages.push(...(body?.items ?? []).map(({ debitId }) => debitId));
    next = body?.next ?? null;
  }
  t.same(
    pages,
    all.map(({ debitId }) => debitId),
    'each once, in order',
  );
  for (const query of [
    '?mandateId=mnd_0',
    '?after=nonsense',
    '?from=2026-02-30',
    '?limit=0',
    '?state=none',
    '?nonsense=1',
  ])
    t.equal((await list(agency, query)).status, 400, query);
});

t.test('one debit: its bills, what the bank said, its history and its next attempt', async (t) => {
  const world = await makeFollowedWorld(t);
  await play(world);
  const { body } = await world.agency.send<DebitAnswer>('GET', `/v1/debits/${await idOf(world, 'D-1')}`);
  t.match(body, {
    state: 'failed',
    reason: { cause: 'insufficient-funds', words: { fr: 'Le solde du compte ne suffisait pas.' } },
    amount: { value: '150.000', currency: 'OMR' },
    retryOn: '2026-12-03',
    retriedBy: null,
    bills: [
      { billNumber: 'D-1', dueOn: '2026-11-27', owedAsOf: '2026-11-27', outcome: 'failed', paymentId: null },
      { billNumber: 'D-2', amount: { value: '50.000' }, outcome: 'failed' },
    ],
    history: [
      { state: 'planned', text: 'announced for 2026-11-30', by: 'worker' },
      { state: 'built' },
      { state: 'sent' },
      { state: 'failed', reason: 'insufficient-funds', by: 'bank bank' },
    ],
  });
  t.match(body?.history.at(-1)?.text, 'AM04: =cmd|calc');
});

t.test('an agency sees its own, a bank what was made for it, the operator all', async (t) => {
  const world = await makeFollowedWorld(t);
  const { db, baseUrl } = world;
  const operator = await colleague(db, baseUrl, 'desk', 'support');
  const strangers = [world.client('dz-social'), world.client('agent')];
  const bank = world.client('bank');
  const id = await idOf(world, 'D-1');
  t.equal((await list(operator)).body?.items.length, 4);
  t.equal((await list(operator, '?biller=om-social')).body?.items.length, 4);
  t.equal((await list(operator, '?biller=dz-social')).body?.items.length, 0);
  t.equal((await list(operator, '?payerId=S-2&billNumber=D-3')).body?.items.length, 1);
  t.equal((await list(bank)).body?.items.length, 0, 'nothing was made for it yet');
  await play(world);
  t.equal((await list(bank)).body?.items.length, 3, 'the held one is none of its business');
  t.equal((await list(bank, '?payerId=T-1')).body?.items.length, 1);
  t.equal((await list(bank, '?billNumber=D-3&state=collected')).body?.items.length, 1);
  for (const stranger of strangers) {
    t.equal((await list(stranger)).body?.items.length, 0);
    t.equal((await list(stranger, `?mandateId=${world.mandate}`)).body?.items.length, 0);
    t.equal((await list(stranger, '?billNumber=D-1')).body?.items.length, 0);
    const { status, problem } = await stranger.send<DebitAnswer>('GET', `/v1/debits/${id}`);
    t.match({ status, problem }, { status: 404, problem: { code: 'debit-not-found' } });
  }
  t.equal((await world.agency.send('GET', '/v1/debits/dbt_nonsense')).status, 404);
  t.match((await bank.send<DebitAnswer>('GET', `/v1/debits/${id}`)).body?.history, [
    { by: null },
    {},
    {},
    {},
  ]);
  const held = await idOf(world, 'D-4');
  t.equal((await bank.send('GET', `/v1/debits/${held}`)).status, 404);
});
