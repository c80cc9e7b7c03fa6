// Searching payments: by each thing that somebody may hold, narrowed and paged; and nobody finds another's.
import t from 'tap';
import { liveADay } from '../../desk/a-day.ts';
import { bill, type Client } from '../../support/client.ts';
import { colleague } from '../../support/staff.ts';
import { addManyBills } from '../../support/world.ts';

interface Found {
  readonly items: { paymentId: string; status: string; channelCode: string; billerCode: string }[];
  readonly next: string | null;
}

const ask = (client: Client, query: string) => client.send<Found>('GET', `/v1/payments/search?${query}`);
const idsOf = async (client: Client, query: string): Promise<string[] | string> => {
  const { body, code } = await ask(client, query);
  return body?.items.map(({ paymentId }) => paymentId).sort() ?? code;
};

t.test('searching payments', async (t) => {
  const world = await liveADay(t);
  const { db, baseUrl, paid } = world;
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'finance-officer', { billerCode: 'eg-local' });
  const teller = await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  const stranger = await colleague(db, baseUrl, 'stranger', 'channel-officer', { channelCode: 'stranger' });
  const support = await colleague(db, baseUrl, 'support', 'support');
  const { body: plain } = await agency.payment(paid.plain);
  if (plain === undefined) return t.fail('no payment');
  const receipt = encodeURIComponent(plain.receiptNumber.toLowerCase().replaceAll('-', ' '));

  await t.test('by what somebody holds', async (t) => {
    const names = [
      `receiptNumber=${receipt}`,
      `paymentId=${paid.plain}`,
      'reference=plain',
      `q=${receipt}`,
      `q=${paid.plain}`,
      'q=plain',
      'reference=plain&billNumber=OM-1',
    ];
    for (const query of names) {
      for (const who of [agency, teller, support, world.client('om-social'), world.client('bank')])
        t.same(await idsOf(who, query), [paid.plain], query);
      for (const who of [other, stranger]) t.same(await idsOf(who, query), [], `another's: ${query}`);
    }
    for (const query of ['billNumber=OM-2', 'billNumber=OM-3', 'q=%20OM-3']) {
      for (const who of [agency, teller, support]) t.same(await idsOf(who, query), [paid.many], query);
      for (const who of [other, stranger]) t.same(await idsOf(who, query), [], `another's: ${query}`);
    }
    t.ok((await idsOf(agency, 'billNumber=OM-1')).includes(paid.credited), 'no bill took this money');
    for (const query of ['q=nothing', 'q=pay_x', 'receiptNumber=x', 'reference=plain&billNumber=OM-2'])
      t.same(await idsOf(agency, query), [], query);
  });

  await t.test('by a payer, also what was taken back, and what no bill took', async (t) => {
    const all = await idsOf(agency, 'payerId=E-1');
    for (const each of [paid.plain, paid.reversed, paid.credited])
      t.ok(all.includes(each), `one of ${String(all)}`);
    t.same(await idsOf(agency, 'q=E-1'), all);
    for (const each of await idsOf(other, 'payerId=E-1'))
      t.notOk(all.includes(each), 'another agency has a payer of that number');
  });

  await t.test('narrowed', async (t) => {
    for (const state of ['accepted', 'credited', 'reversed']) {
      const { body } = await ask(agency, `state=${state}`);
      t.ok((body?.items.length ?? 0) > 0);
      t.ok(body?.items.every(({ status }) => status === state));
    }
    const { body: bank } = await ask(agency, 'channel=bank');
    t.ok(bank?.items.length && bank.items.every(({ channelCode }) => channelCode === 'bank'));
    t.same(await idsOf(agency, 'billNumber=OM-2&channel=agent'), []);
    t.same(await idsOf(agency, 'billNumber=OM-2&from=2026-11-23'), []);
    t.same(await idsOf(agency, 'billNumber=OM-2&from=2026-11-22&to=2026-11-22'), [paid.many]);
    t.same(await idsOf(agency, 'to=2026-11-21'), []);
    const { body: one } = await ask(support, 'biller=dz-social');
    t.ok(one?.items.length && one.items.every(({ billerCode }) => billerCode === 'dz-social'));
  });

  await t.test('the newest first, page by page, nothing twice', async (t) => {
    const numbers = await addManyBills(db, 'om', 'P-', 7, '10.000');
    const made: string[] = [];
    for (const number of numbers) {
      const { body } = await world.client('bank').pay({ bills: [bill(number, '10.000')] });
      made.push(body?.paymentId ?? '');
    }
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await ask(support, `limit=3${after}`);
      seen.push(...(body?.items ?? []).map(({ paymentId }) => paymentId));
      after = body?.next === null || body === undefined ? '' : `&after=${body.next}`;
    } while (after !== '');
    t.same(seen.slice(0, 7), made.reverse());
    t.equal(new Set(seen).size, seen.length);
    const [row] = await db.transaction((tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from payment'),
    );
    t.equal(seen.length, row?.n);
  });

  await t.test('what cannot be asked', async (t) => {
    const wrong = ['from=2026-02-30', 'after=x', `after=pay_${'0'.repeat(26)}`, 'q=', 'state=paid', 'q=%00'];
    for (const query of wrong) t.equal((await ask(agency, query)).code, 'malformed-request', query);
    t.equal((await ask(teller, 'channel=bank')).code, 'malformed-request');
    t.equal((await ask(agency, 'biller=eg-local')).code, 'malformed-request');
    t.equal((await ask(agency, 'channel=nobody')).code, 'not-found');
    t.equal((await ask(support, 'biller=nobody')).code, 'biller-not-found');
  });
  return undefined;
});
