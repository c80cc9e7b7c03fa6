// The day at a glance: the sums are those of the payments, each sees his own, and nothing is counted twice.
import t from 'tap';
import type { TodayAnswer } from '../../../src/desk/today/schema.ts';
import { tallyPaid } from '../../../src/desk/today/index.ts';
import type { Client } from '../../support/client.ts';
import { numberEvents } from '../../support/feed.ts';
import { colleague, session } from '../../support/staff.ts';
import { liveADay } from '../a-day.ts';

const look = async (client: Client, query = '') => {
  const answer = await client.send<TodayAnswer>('GET', `/v1/today${query}`);
  return answer.body ?? answer.code;
};

t.test('a day at a glance', async (t) => {
  const world = await liveADay(t);
  const { db, baseUrl } = world;
  await numberEvents(db);
  await Promise.all([tallyPaid(db), tallyPaid(db)]);
  await tallyPaid(db);
  const paid = await db.transaction((tx) =>
    tx.query<{ code: string; accepted: number; minor: bigint; credited: number; reversed: number }>(
      `select c.code, count(*) filter (where e.type = 'payment.accepted')::int as accepted,
              coalesce(sum(p.amount_minor) filter (where e.type = 'payment.accepted'), 0)::bigint as minor,
              count(*) filter (where e.type = 'payment.credited')::int as credited,
              count(*) filter (where e.type = 'payment.reversed')::int as reversed
         from event e join payment p on p.biller_id = e.biller_id and p.payment_id::text = e.subject
         join channel c using (channel_id) where p.biller_id = 1 group by c.code order by c.code`,
    ),
  );
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'approver', { billerCode: 'eg-local' });
  const teller = await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  const support = await colleague(db, baseUrl, 'support', 'support');
  const sum = (key: 'accepted' | 'credited' | 'reversed') => paid.reduce((all, row) => all + row[key], 0);

  await t.test('an agency’s own', async (t) => {
    const own = await look(agency);
    if (typeof own === 'string') return t.fail(own);
    t.match(own.days, [{ billerCode: 'om-social', businessDate: '2026-11-22', state: 'open' }]);
    t.equal(own.days.length, 1);
    t.match(own.totals, [
      {
        currency: 'OMR',
        accepted: { payments: sum('accepted') },
        credited: { payments: sum('credited') },
        reversed: { payments: sum('reversed') },
      },
    ]);
    t.ok(sum('reversed') > 0 && sum('credited') > 0, 'the day has something of each');
    t.same(
      own.channels
        .map((row) => [row.channelCode, row.accepted.payments, row.credited.payments, row.reversed.payments])
        .sort(),
      paid.map((row) => [row.code, row.accepted, row.credited, row.reversed]),
    );
    t.match(own.hours, [{ hour: '2026-11-22T08:00:00.000Z', accepted: own.totals[0]?.accepted }]);
    t.match(own.confirmations, { count: 0 });
    return undefined;
  });

  await t.test('another agency’s people see nothing of it, a channel’s only what came by it', async (t) => {
    t.match(await look(other), { totals: [], billers: [], channels: [], days: [{ billerCode: 'eg-local' }] });
    const bank = paid.find(({ code }) => code === 'bank');
    t.match(await look(teller), {
      billers: [{ billerCode: 'om-social', accepted: { payments: bank?.accepted } }],
      refusals: null,
      undelivered: null,
      open: { approvals: null },
    });
    t.equal(await look(teller, '?channel=agent'), 'malformed-request');
    t.equal(await look(agency, '?biller=eg-local'), 'malformed-request');
  });

  await t.test('the operator sees all, one agency’s or one channel’s', async (t) => {
    const all = await look(support);
    if (typeof all === 'string') return t.fail(all);
    t.same(
      all.days.map(({ billerCode }) => billerCode),
      ['om-social', 'dz-social', 'eg-local'],
    );
    t.match(await look(support, '?biller=eg-local'), { totals: [] });
    t.match(await look(support, '?channel=kiosk'), { channels: [{ channelCode: 'kiosk' }], answers: null });
    t.equal(await look(support, '?channel=nobody'), 'not-found');
    t.equal(await look(support, '?biller=nobody'), 'biller-not-found');
    return undefined;
  });

  await t.test('another date', async (t) => {
    t.match(await look(agency, '?date=2026-11-21'), { totals: [], days: [{ businessDate: '2026-11-21' }] });
    t.match(await look(agency, '?date=2031-01-01'), { days: [{ state: 'not-opened', cutOffAt: null }] });
    t.equal(await look(agency, '?date=2026-02-30'), 'malformed-request');
  });

  await t.test('who has it already is told so', async (t) => {
    const authorization = `Bearer ${await session(db, 'agency')}`;
    const first = await fetch(`${baseUrl}/v1/today`, { headers: { authorization } });
    const etag = first.headers.get('etag') ?? '';
    await first.text();
    const again = await fetch(`${baseUrl}/v1/today`, { headers: { authorization, 'if-none-match': etag } });
    t.same([again.status, await again.text()], [304, '']);
    const other = await fetch(`${baseUrl}/v1/today`, { headers: { authorization, 'if-none-match': '"x"' } });
    t.equal(other.status, 200);
    await other.text();
  });

  await t.test('what is paid later is added', async (t) => {
    const before = await db.transaction((tx) => tx.query('select sum(payments)::bigint from paid_hour'));
    await tallyPaid(db);
    t.same(await db.transaction((tx) => tx.query('select sum(payments)::bigint from paid_hour')), before);
    const { body } = await world.client('bank').reverse(world.paid.plain, 'late');
    t.ok(body);
    await numberEvents(db);
    await tallyPaid(db);
    const [row] = await db.transaction((tx) =>
      tx.query<{ payments: bigint }>(
        `select sum(payments)::bigint as payments from paid_hour where outcome = 'reversed' and biller_id = 1`,
      ),
    );
    t.equal(row?.payments, BigInt(sum('reversed') + 1));
  });
});
