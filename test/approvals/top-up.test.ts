// A top-up from being asked for to the float: every way through the table of states, who may do what, and races.
import t from 'tap';
import { setRule } from '../../src/approvals/set-rule.ts';
import type { Answer, Client } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR } from '../support/world.ts';

interface Shown {
  readonly approvalId: string;
  readonly state: string;
  readonly step: number;
  readonly round: number;
  readonly mayDecide: boolean;
  readonly history: { readonly action: string; readonly by: { readonly login: string } | null }[];
}

let asked = 0;

function topUp(client: Client, value = '250.000', reference = `TT-${(asked += 1)}`): Promise<Answer<Shown>> {
  return ask(client, { channelCode: 'agent', amount: { value, currency: 'OMR' } }, reference);
}

function ask(client: Client, content: object, reference: string): Promise<Answer<Shown>> {
  return client.send<Shown>('POST', '/v1/approvals', { kind: 'top-up', reference, content });
}

async function idOf(answer: Promise<{ body: Shown | undefined; text: string }>): Promise<string> {
  const { body, text } = await answer;
  if (body === undefined) throw new Error(text);
  return body.approvalId;
}

async function people(
  world: TestWorld,
): Promise<Record<'one' | 'two' | 'three' | 'officer' | 'agency', Client>> {
  const { db, baseUrl } = world;
  return {
    one: await colleague(db, baseUrl, 'one', 'operator-admin'),
    two: await colleague(db, baseUrl, 'two', 'operator-admin'),
    three: await colleague(db, baseUrl, 'three', 'operator-admin'),
    officer: await colleague(db, baseUrl, 'officer', 'channel-officer', { channelCode: 'agent' }),
    agency: await colleague(db, baseUrl, 'agency', 'approver', { billerCode: 'om-social' }),
  };
}

async function available(world: TestWorld): Promise<bigint> {
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      `select available_minor from channel_position p join channel using (channel_id) where code = 'agent' and currency = 'OMR'`,
    ),
  );
  return row?.available_minor ?? 0n;
}

t.test('the life of a request', async (t) => {
  const world = await startTestWorld(t);
  const { one, two, three, officer, agency } = await people(world);
  const at = (id: string, verb: string): string => `/v1/approvals/${id}/${verb}`;

  await t.test('asked by one, accepted by another: the float rises, once', async (t) => {
    const before = await available(world);
    const first = await topUp(one, '250.000', 'BANK-1');
    t.match(first, {
      status: 201,
      body: {
        kind: 'top-up',
        state: 'open',
        steps: 1,
        billerCode: null,
        mayDecide: false,
        askedBy: { login: 'one' },
      },
    });
    const again = await topUp(one, '250.000', 'BANK-1');
    t.match(again, { status: 200, body: { approvalId: first.body?.approvalId ?? '' } });
    t.match(await topUp(one, '250.001', 'BANK-1'), {
      code: 'reference-reused',
      problem: { field: 'amount' },
    });
    t.match(await topUp(two, '250.000', 'BANK-1'), { code: 'reference-reused' });
    const id = first.body?.approvalId ?? '';
    t.match(await one.send('POST', at(id, 'accept'), {}), { code: 'self-approval' });
    t.match(await one.send('POST', at(id, 'reject'), { comment: 'no' }), { code: 'self-approval' });
    t.match(await agency.send('POST', at(id, 'accept'), {}), { code: 'approval-not-found' });
    t.match(await officer.send('POST', at(id, 'accept'), {}), { code: 'approval-not-found' });
    t.match(await world.client('om-social').send('POST', at(id, 'accept'), {}), { code: 'forbidden' });
    t.equal(await available(world), before);
    t.match(await two.send('POST', at(id, 'accept'), { comment: 'seen' }), {
      status: 200,
      body: { state: 'accepted', history: [{ action: 'asked' }, { action: 'accepted', comment: 'seen' }] },
    });
    t.equal(await available(world), before + 250_000n);
    t.match(await three.send('POST', at(id, 'accept'), {}), {
      code: 'approval-decided',
      problem: { state: 'accepted' },
    });
    t.match(await one.send('POST', at(id, 'withdrawal'), {}), { code: 'approval-decided' });
    t.match(await one.send('POST', at(id, 'comments'), { comment: 'late' }), { code: 'approval-decided' });
    t.equal(await available(world), before + 250_000n);
  });

  await t.test('returned, changed, sent again; what was read before decides nothing', async (t) => {
    const before = await available(world);
    const id = await idOf(topUp(one, '99.000'));
    t.match(await two.send('POST', at(id, 'return'), {}), { code: 'malformed-request' }, 'needs a comment');
    t.match(await two.send('POST', at(id, 'return'), { comment: 'it was 100' }), {
      body: { state: 'returned' },
    });
    t.match(await two.send('POST', at(id, 'accept'), {}), { code: 'approval-decided' });
    const content = { channelCode: 'agent', amount: { value: '100.000', currency: 'OMR' } };
    t.match(await two.send('PUT', `/v1/approvals/${id}`, { content }), { code: 'forbidden' });
    t.match(await one.send('PUT', `/v1/approvals/${id}`, { content: { channelCode: 'agent' } }), {
      code: 'malformed-request',
    });
    t.match(await one.send('PUT', `/v1/approvals/${id}`, { content, comment: 'so it was' }), {
      body: { state: 'open', round: 2, amount: { value: '100.000' } },
    });
    t.match(await one.send('PUT', `/v1/approvals/${id}`, { content }), { code: 'approval-decided' });
    t.match(await two.send('POST', at(id, 'accept'), { round: 1 }), { code: 'approval-changed' });
    t.match(await two.send('POST', at(id, 'accept'), { round: 2 }), { body: { state: 'accepted' } });
    t.equal(await available(world), before + 100_000n);
  });

  await t.test('rejected and withdrawn: nothing happens', async (t) => {
    const before = await available(world);
    const rejected = await idOf(topUp(one));
    t.match(await two.send('POST', at(rejected, 'reject'), { comment: 'no such movement' }), {
      body: { state: 'rejected' },
    });
    const withdrawn = await idOf(topUp(one));
    t.match(await two.send('POST', at(withdrawn, 'withdrawal'), {}), { code: 'forbidden' });
    t.match(await one.send('POST', at(withdrawn, 'withdrawal'), { comment: 'twice' }), {
      body: { state: 'withdrawn' },
    });
    t.match(await two.send('POST', at(withdrawn, 'accept'), {}), { code: 'approval-decided' });
    t.equal(await available(world), before);
  });

  await t.test('two steps need two persons beside who asked, also after a return', async (t) => {
    await setRule(world.db, 'top-up', 2, ACTOR);
    const before = await available(world);
    const id = await idOf(topUp(officer, '10.000'));
    t.match(await one.send('POST', at(id, 'accept'), {}), {
      body: { state: 'open', step: 2, mayDecide: false },
    });
    t.match(await one.send('POST', at(id, 'accept'), {}), { code: 'self-approval' });
    t.match(await two.send('POST', at(id, 'return'), { comment: 'which account?' }), {
      body: { state: 'returned' },
    });
    const content = { channelCode: 'agent', amount: { value: '10.000', currency: 'OMR' } };
    t.match(await officer.send('PUT', `/v1/approvals/${id}`, { content }), { body: { step: 1, round: 2 } });
    t.match(await one.send('POST', at(id, 'accept'), {}), { body: { step: 2 } }, 'a new round begins anew');
    t.equal(await available(world), before);
    t.match(await two.send('POST', at(id, 'accept'), {}), { body: { state: 'accepted' } });
    t.equal(await available(world), before + 10_000n);
    await setRule(world.db, 'top-up', 1, ACTOR);
  });

  await t.test('the work lists', async (t) => {
    const list = async (client: Client, query: string): Promise<string[]> => {
      const { body, text } = await client.send<{ items: Shown[] }>('GET', `/v1/approvals?${query}`);
      if (body === undefined) throw new Error(text);
      return body.items.map(({ approvalId }) => approvalId);
    };
    const mine = await idOf(topUp(one));
    const his = await idOf(topUp(officer));
    t.same(await list(one, 'mine=to-decide'), [his]);
    t.same(await list(two, 'mine=to-decide'), [his, mine]);
    t.same(await list(officer, 'mine=to-decide'), []);
    t.same(await list(officer, 'state=open'), [his]);
    t.same(await list(agency, 'kind=top-up'), []);
    t.same((await list(one, 'mine=asked&state=open')).slice(0, 1), [mine]);
    const { body } = await two.send<{ next: string }>('GET', '/v1/approvals?limit=1');
    t.same(await list(two, `limit=1&after=${body?.next}`), [mine]);
    t.match(await two.send('GET', '/v1/approvals?biller=nobody'), { code: 'biller-not-found' });
    t.same(await list(two, 'biller=om-social'), []);
    t.match(await agency.send('GET', '/v1/approvals?biller=om-social'), { code: 'malformed-request' });
  });

  await t.test('who may ask, and for what', async (t) => {
    const content = { channelCode: 'agent', amount: { value: '1.000', currency: 'OMR' } };
    t.match(await ask(agency, content, 'A-1'), { code: 'forbidden' });
    t.match(await ask(officer, { ...content, channelCode: 'bank' }, 'A-2'), { code: 'forbidden' });
    t.match(await ask(one, { ...content, channelCode: 'bank' }, 'A-3'), {
      code: 'approval-impossible',
      problem: { reason: /postpaid/ },
    });
    t.match(await ask(one, { ...content, account: 'nowhere' }, 'A-4'), { code: 'malformed-request' });
    t.match(await ask(one, { ...content, more: 1 }, 'A-5'), { code: 'malformed-request' });
    t.match(await one.send('POST', '/v1/approvals', { kind: 'remittance', reference: 'A-6', content: {} }), {
      code: 'malformed-request',
    });
  });

  await t.test('two at the same instant: one decides, the other is told', async (t) => {
    for (let round = 0; round < 5; round++) {
      const before = await available(world);
      const id = await idOf(topUp(one, '1.000'));
      const codes = await Promise.all([
        two.send('POST', at(id, 'accept'), {}),
        three.send('POST', at(id, round % 2 === 0 ? 'accept' : 'reject'), { comment: 'x' }),
        two.send('POST', at(id, 'accept'), {}),
      ]);
      t.same(codes.filter(({ code }) => code === 'ok').length, 1);
      t.ok(codes.every(({ code }) => ['ok', 'approval-decided', 'self-approval'].includes(code)));
      const shown = await one.send<Shown>('GET', `/v1/approvals/${id}`);
      const rose = (await available(world)) - before;
      t.equal(rose, shown.body?.state === 'accepted' ? 1_000n : 0n);
    }
  });
});
