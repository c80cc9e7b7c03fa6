// The list of days: to a channel its own, to the operator's people every channel's; and whose one day is.
import t from 'tap';
import { bill } from '../../support/client.ts';
import { reconcile } from '../../support/day-files.ts';
import { startTestWorld } from '../../support/gateway.ts';
import type { DayList } from '../../../src/reconciliation/channel-days/list-schema.ts';
import { close, EVENING } from '../../support/settling.ts';
import { colleague } from '../../support/staff.ts';
import { addManyBills, setClock } from '../../support/world.ts';

const DAYS = '/v1/reconciliations';

void t.test('days of channels', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const [first = '', second = ''] = await addManyBills(db, 'om', 'B-', 2, '10.000');
  await world.client('bank').pay({ reference: 'r-1', bills: [bill(first, '10.000')] });
  await world.client('agent').pay({ reference: 'r-1', bills: [bill(second, '10.000')] });
  await reconcile(world, ['r-1,9.000,OMR,accepted']);
  await setClock(db, EVENING);
  await close(db);
  await reconcile(world, ['r-1,10.000,OMR,accepted'], { channel: 'agent' });
  await setClock(db, '2026-11-23T08:00:00Z');
  await reconcile(world, [], { date: '2026-11-23' });

  const list = async (client: { send: typeof asks.send }, query = '') =>
    (await client.send<DayList>('GET', `${DAYS}${query}`)).body;
  const asks = await colleague(db, baseUrl, 'desk', 'support');
  const all = await list(asks);
  t.match(all, {
    items: [
      { businessDate: '2026-11-23', channelCode: 'bank', state: 'provisional', balanced: false },
      { businessDate: '2026-11-22', channelCode: 'agent', openBreaks: 0 },
      { businessDate: '2026-11-22', channelCode: 'bank', balanced: false, version: 1, openBreaks: 1 },
    ],
    next: null,
  });
  const whole = await asks.send('GET', `${DAYS}/2026-11-22?channel=agent`);
  t.match(whole.body, { state: all?.items[1]?.state, balanceBy: all?.items[1]?.balanceBy }, 'as one says');

  const paged: string[] = [];
  for (let after = ''; ;) {
    const page = await list(asks, `?limit=1${after}`);
    paged.push(
      ...(page?.items ?? []).map(({ businessDate, channelCode }) => `${businessDate} ${channelCode}`),
    );
    if (page?.next === null || page === undefined) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  t.same(paged, ['2026-11-23 bank', '2026-11-22 agent', '2026-11-22 bank']);
  const ranged = await list(asks, '?to=2026-11-22&channel=bank');
  t.same(
    ranged?.items.map(({ channelCode }) => channelCode),
    ['bank'],
  );

  const clerk = await colleague(db, baseUrl, 'clerk', 'channel-officer', { channelCode: 'agent' });
  t.same(
    (await list(clerk))?.items.map(({ channelCode }) => channelCode),
    ['agent'],
  );
  t.same((await list(world.client('bank')))?.items.length, 2);
  t.match((await asks.send('GET', `${DAYS}/2026-11-22/breaks?channel=bank`)).body, {
    items: [{ reference: 'r-1' }],
  });

  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const refused = [
    [officer, '', 'forbidden'],
    [world.client('om-social'), '', 'forbidden'],
    [clerk, '?channel=bank', 'malformed-request'],
    [clerk, '/2026-11-22?channel=bank', 'malformed-request'],
    [clerk, '/2026-11-23', 'reconciliation-not-found'],
    [asks, '?channel=nobody', 'not-found'],
    [asks, '/2026-11-22', 'malformed-request'],
    [asks, '?from=2026-02-30', 'malformed-request'],
    [asks, '?after=yesterday', 'malformed-request'],
  ] as const;
  for (const [client, query, code] of refused)
    t.equal((await client.send('GET', `${DAYS}${query}`)).code, code, `${query} ${code}`);
});
