// The work list, who may do what, races, and what happens when a break changes under a request.
import t from 'tap';
import { endBreaks } from '../../../src/reconciliation/breaks/index.ts';
import { accept } from '../../support/approvals.ts';
import { findOne, look, makeBreakWorld, resolve, resolved, uuidOf } from '../../support/breaks.ts';
import { bill } from '../../support/client.ts';
import { colleague } from '../../support/staff.ts';

t.test('breaks as work', async (t) => {
  const world = await makeBreakWorld(t);
  const { one, two, three, db, baseUrl } = world;
  const bank = world.client('bank');
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const others = await colleague(db, baseUrl, 'others', 'finance-officer', { billerCode: 'dz-social' });
  const officer = await colleague(db, baseUrl, 'officer', 'channel-officer', { channelCode: 'bank' });
  const agent = await colleague(db, baseUrl, 'agent', 'channel-officer', { channelCode: 'agent' });
  const at = (id: string, what: string): string => `/v1/breaks/${id}/${what}`;

  await t.test('lists by who looks, by kind, date and owner, page by page', async (t) => {
    const a = await findOne(world, { kind: 'missing-here', reference: 'A' });
    const b = await findOne(world, { kind: 'wrong-day', channel: 'agent', businessDate: '2026-11-20' });
    const c = await findOne(world, {
      kind: 'unplaced-line',
      billerId: 0,
      channelId: null,
      businessDate: null,
    });
    const list = async (client: typeof one, query = ''): Promise<string[]> => {
      const { body, text } = await client.send<{ items: { breakId: string }[] }>(
        'GET',
        `/v1/breaks?${query}`,
      );
      if (body === undefined) throw new Error(text);
      return body.items.map(({ breakId }) => breakId);
    };
    t.same(await list(one), [a, b, c]);
    t.same(await list(agency), [a, b]);
    t.same(await list(others), []);
    t.same(await list(officer), [a]);
    t.same(await list(agent), [b]);
    t.same(await list(one, 'kind=wrong-day'), [b]);
    t.same(await list(one, 'channel=bank'), [a]);
    t.same(await list(one, 'biller=om-social&to=2026-11-21'), [b]);
    t.same(await list(one, 'from=2026-11-22'), [a, c]);
    t.same(await list(one, 'state=resolved'), []);
    t.match(await one.send('POST', at(a, 'owner'), { login: 'two' }), { body: { owner: { login: 'two' } } });
    t.same(await list(one, 'owner=two'), [a]);
    t.same(await list(one, 'owner=none'), [b, c]);
    const first = await one.send<{ next: string }>('GET', '/v1/breaks?limit=2');
    t.same(await list(one, `limit=2&after=${first.body?.next}`), [c]);
    t.match(await one.send('GET', '/v1/breaks?after=nothing'), { code: 'malformed-request' });
    t.match(await look(others, a), { code: 'break-not-found' });
    t.match(await look(officer, b), { code: 'break-not-found' });
    t.match(await look(agency, c), { code: 'break-not-found' });
    t.match(await look(officer, a), { body: { breakId: a, days: 0, amount: { value: '100.000' } } });
    t.match(await world.client('bank').send('GET', '/v1/breaks'), { code: 'forbidden' }, 'keys do not');
  });

  await t.test('only the operator’s people work; said twice is said once', async (t) => {
    const id = await findOne(world, { kind: 'missing-here' });
    for (const client of [agency, officer]) {
      t.match(await client.send('POST', at(id, 'comments'), { comment: 'x' }), { code: 'forbidden' });
      t.match(await client.send('POST', at(id, 'owner'), { login: 'two' }), { code: 'forbidden' });
      t.match(await resolve(client, id, 'accept-ours'), { code: 'forbidden' });
    }
    t.match(await one.send('POST', at(id, 'owner'), { login: 'agency' }), { code: 'malformed-request' });
    for (let i = 0; i < 2; i++) {
      await one.send('POST', at(id, 'owner'), { login: 'one' });
      await one.send('POST', at(id, 'comments'), { comment: 'asked the bank' });
    }
    const { body } = await look(one, id);
    t.same(
      body?.history.map(({ action }) => action),
      ['opened', 'assigned', 'commented', 'assigned', 'commented'].slice(0, 3),
    );
    t.match(await one.send('POST', at(id, 'owner'), { login: null }), { body: { owner: null } });
  });

  await t.test('one request at a time, one reference one request, and never one’s own', async (t) => {
    const id = await findOne(world, { kind: 'wrong-day' });
    const first = await resolve(two, id, 'accept-ours', {}, 'W-1');
    const approvalId = first.body?.approvalId ?? '';
    t.match(first, { status: 201, body: { state: 'open', mayEndBy: [] } });
    t.match(await resolve(two, id, 'accept-ours', {}, 'W-1'), { status: 200, body: { approvalId } });
    t.match(await resolve(one, id, 'accept-ours', {}, 'W-1'), { code: 'reference-reused' });
    t.match(await resolve(one, id, 'accept-ours', {}, 'W-2'), {
      code: 'break-state',
      problem: { approvalId, detail: new RegExp(`${approvalId} asks for an end`) },
    });
    t.match(await accept(two, approvalId), { code: 'self-approval' });
    t.match(await accept(agency, approvalId), { code: 'forbidden' });
    t.match(await three.send('POST', `/v1/approvals/${approvalId}/reject`, { comment: 'look again' }), {
      body: { state: 'rejected' },
    });
    t.match(await look(one, id), {
      body: { state: 'open', approvalId: null, history: [{}, { action: 'asked' }, { action: 'declined' }] },
    });
    t.match(await resolved(world, id, 'accept-ours'), { body: { state: 'accepted' } });
    t.match(await resolve(one, id, 'accept-ours', {}, 'W-9'), {
      code: 'break-state',
      problem: { state: 'resolved' },
    });
    t.match(await one.send('POST', at(id, 'owner'), { login: 'one' }), { code: 'break-state' });
  });

  await t.test('returned, changed, and sent again', async (t) => {
    const id = await findOne(world, { kind: 'missing-here', reference: 'C-1' });
    const bills = [{ billNumber: 'OM-1', amount: { value: '100.000', currency: 'OMR' } }];
    const { body } = await resolve(one, id, 'post', { bills: [{ ...bills[0], billNumber: 'OM-404' }] });
    const approvalId = body?.approvalId ?? '';
    t.match(await accept(two, approvalId), { code: 'bill-not-found' });
    await two.send('POST', `/v1/approvals/${approvalId}/return`, { comment: 'which bill?' });
    const other = await findOne(world, { kind: 'missing-here', reference: 'C-2' });
    const change = (content: object) => one.send('PUT', `/v1/approvals/${approvalId}`, { content });
    t.match(await change({ breakId: other, resolution: 'accept-ours' }), { code: 'approval-impossible' });
    t.match(await change({ breakId: id, resolution: 'post', bills }), { body: { state: 'open', round: 2 } });
    t.match(await accept(two, approvalId), { body: { state: 'accepted' } });
    t.match(await bank.status('C-1'), { body: { status: 'accepted' } });
  });

  await t.test('gone meanwhile, or saying another amount: the approval is refused', async (t) => {
    const of = {
      kind: 'missing-here',
      reference: 'G-1',
      key: 'day:G-1',
      businessDate: '2026-11-19',
    } as const;
    const id = await findOne(world, of);
    const { body } = await resolve(one, id, 'suspense');
    const approvalId = body?.approvalId ?? '';
    await findOne(world, { ...of, amountMinor: 99_000n });
    t.match(await accept(two, approvalId), {
      code: 'approval-impossible',
      problem: { reason: /another amount/ },
    });
    await db.transaction(async (tx) => {
      const [row] = await tx.query<{ biller_id: number; now: Date }>(
        'select biller_id, business_now() as now from break where key = $1',
        [of.key],
      );
      if (row === undefined) throw new Error('no break');
      await endBreaks(tx, row.biller_id, [of.key], row.now);
    });
    t.match(await accept(two, approvalId), { code: 'approval-impossible', problem: { reason: /gone/ } });
    t.match(await two.send('POST', `/v1/approvals/${approvalId}/reject`, { comment: 'gone' }), {
      body: { state: 'rejected' },
    });
    t.match(await look(one, id), { body: { state: 'gone', approvalId: null } });
    t.match(await resolve(one, id, 'suspense'), { code: 'break-state', problem: { state: 'gone' } });
  });

  await t.test('reversed meanwhile, arrived meanwhile', async (t) => {
    const paid = await bank.pay({ reference: 'M-1', bills: [bill('OM-2', '100.000')] });
    const paymentId = uuidOf(paid.body?.paymentId);
    const id = await findOne(world, { kind: 'missing-there', reference: 'M-1', paymentId });
    const asked = await resolve(one, id, 'reverse', { reason: 'never taken' });
    await bank.send('POST', `/v1/payments/${paid.body?.paymentId}/reversal`, {
      reference: 'M-1-R',
      reason: 'x',
    });
    t.match(await accept(two, asked.body?.approvalId ?? ''), { code: 'not-reversible' });
    const theirs = { billNumber: 'OM-3' };
    const late = await findOne(world, { kind: 'missing-here', reference: 'M-2', theirs });
    const posted = await resolve(one, late, 'post');
    await bank.pay({ reference: 'M-2', bills: [bill('OM-3', '100.000')] });
    t.match(await accept(two, posted.body?.approvalId ?? ''), {
      code: 'approval-impossible',
      problem: { reason: /there by now/ },
    });
  });

  await t.test('many at once: carried out once', async (t) => {
    for (let round = 0; round < 4; round++) {
      const id = await findOne(world, { kind: 'duplicate-there', amountMinor: 1_000n });
      const answers = await Promise.all([1, 2, 3].map(() => resolve(one, id, 'suspense')));
      t.same(answers.map(({ code }) => code).sort(), ['break-state', 'break-state', 'ok']);
      const approvalId = answers.find(({ code }) => code === 'ok')?.body?.approvalId ?? '';
      const decided = await Promise.all([accept(two, approvalId), accept(three, approvalId)]);
      t.same(decided.map(({ code }) => code).sort(), ['approval-decided', 'ok']);
      const { body } = await look(one, id);
      t.equal(body?.journals.length, 1);
    }
  });
});
