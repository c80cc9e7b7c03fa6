// What is coming by day, and what a month of debits came to.
import t from 'tap';
import type { CalendarAnswer } from '../../../src/mandates/follow/calendar-schema.ts';
import type { ReportAnswer } from '../../../src/mandates/follow/report-schema.ts';
import type { Client } from '../../support/client.ts';
import {
  hear,
  idOf,
  makeFollowedWorld,
  play,
  step,
  type FollowedWorld,
} from '../../support/followed-debits.ts';
import { colleague } from '../../support/staff.ts';

const span = 'from=2026-11-27&to=2026-12-31';

t.test('the calendar: debits that there are, open bills as they will be taken up, and retries', async (t) => {
  const world = await makeFollowedWorld(t);
  const failed = await idOf(world, 'D-1');
  for (const to of ['built', 'sent'] as const) await step(world, failed, to);
  await hear(world, failed, 'rejected', { code: 'AM04' });
  const calendar = async (client: Client, query: string) =>
    (await client.send<CalendarAnswer>('GET', `/v1/debits/calendar?${query}`)).body?.days;
  const days = await calendar(world.agency, span);
  t.match(days, [
    { date: '2026-11-30', total: { count: 2, amount: { value: '470.000' } }, expected: { count: 0 } },
    { date: '2026-12-03', retries: { count: 1, amount: { value: '150.000' } }, total: { count: 1 } },
    { date: '2026-12-15', debits: [], expected: { count: 1, amount: { value: '1.000' } } },
  ]);
  t.same(
    days?.[0]?.debits.map(({ state, count, amount }) => `${state} ${count} ${amount.value}`).toSorted(),
    ['failed 1 150.000', 'held 1 501.000', 'planned 2 470.000'],
  );
  const his = await calendar(world.agency, `${span}&payerId=S-1`);
  t.match(his?.at(-1), { date: '2026-12-15', bills: [{ billNumber: 'D-6', amount: { value: '1.000' } }] });
  t.equal(his?.[0]?.total.amount.value, '400.000', 'the other one is another payer’s');
  t.same(
    his?.[0]?.bills?.map(({ billNumber, amount }) => `${billNumber} ${amount.value}`),
    ['D-3 400.000', 'D-4 501.000'],
    'of debits that there are, too',
  );
  t.same(await calendar(world.agency, `${span}&mandateId=${world.other}&payerId=S-1`), []);
  t.match(await calendar(world.agency, `${span}&mandateId=${world.other}`), [{ date: '2026-11-30' }]);
  t.same(await calendar(world.client('dz-social'), span), [], 'another agency has its own');
  t.same(await calendar(world.client('dz-social'), `${span}&mandateId=${world.mandate}`), []);
  const refused = async (client: Client, query: string) =>
    (await client.send('GET', `/v1/debits/calendar?${query}`)).problem?.code;
  t.equal(await refused(world.client('bank'), span), 'forbidden');
  for (const query of ['from=2026-11-01&to=2027-01-02', 'from=2026-12-01&to=2026-11-01', 'from=2026-11-01'])
    t.equal(await refused(world.agency, query), 'malformed-request', query);
});

/** Byte for byte. */
async function csvOf({ keys, baseUrl }: FollowedWorld, code: string, query: string): Promise<string> {
  const url = `${baseUrl}/v1/debits/report?month=2026-11&format=csv${query}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${keys.get(code)}` } });
  if (!response.headers.get('content-type')?.startsWith('text/csv')) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer()).toString();
}

t.test('the month: asked, collected, failed and why, as JSON and as CSV', async (t) => {
  const world = await makeFollowedWorld(t);
  await play(world);
  const { body } = await world.agency.send<ReportAnswer>('GET', '/v1/debits/report?month=2026-11');
  t.match(body, {
    asked: { count: 3, amount: { value: '620.000', currency: 'OMR' } },
    waiting: { count: 1, amount: { value: '70.000' } },
    collected: { count: 1, amount: { value: '400.000' } },
    failed: { count: 1, amount: { value: '150.000' } },
    returned: { count: 0, amount: { value: '0.000' } },
    notAsked: { count: 1, amount: { value: '501.000' } },
    failedBy: [{ cause: 'insufficient-funds', count: 1, words: { ar: 'رصيد الحساب غير كافٍ.' } }],
    banks: [{ channelCode: 'bank', asked: { count: 3 }, collected: { count: 1 } }],
  });
  t.match(await world.agency.send('GET', '/v1/debits/report?month=9999-12'), { status: 200 });
  t.match((await world.agency.send<ReportAnswer>('GET', '/v1/debits/report?month=2026-12')).body, {
    asked: { count: 0 },
    banks: [],
  });
  const csv = await csvOf(world, 'om-social', '&bom=true');
  t.ok(csv.startsWith('\ufeffcollectOn,state,'));
  const lines = csv.trim().split('\n').slice(1);
  t.equal(lines.length, 4);
  t.match(
    lines.find((line) => line.includes(',collected,')),
    /,'=1\+1,OM\*+3456,bank,1,400\.000,OMR,1,,,'@SUM\(1\)$/,
  );
  t.match(
    lines.find((line) => line.includes(',failed,')),
    /insufficient-funds.*,2,150\.000,OMR,1,,2026-12-03,$/,
  );
  t.ok((await csvOf(world, 'om-social', '')).startsWith('collectOn'));
  const foreign = await csvOf(world, 'dz-social', '');
  t.equal(foreign.trim().split('\n').length, 1, 'another agency has its own');
  t.equal(
    (await world.client('bank').send('GET', '/v1/debits/report?month=2026-11')).problem?.code,
    'forbidden',
  );
  const operator = await colleague(world.db, world.baseUrl, 'desk', 'support');
  t.match((await operator.send('GET', '/v1/debits/report?month=2026-11')).problem, {
    code: 'malformed-request',
    errors: [{ pointer: '/biller', detail: /^Add “biller”: it is required/ }],
  });
  t.match((await operator.send('GET', '/v1/debits/report?month=2026-11&biller=om-social')).body, {
    asked: { count: 3 },
  });
});
