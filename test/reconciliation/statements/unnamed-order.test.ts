// An order that its bank books as one total without a word of which: proposed, asked by one, accepted by another.
import t from 'tap';
import { accept } from '../../support/approvals.ts';
import { resolve, resolved } from '../../support/breaks.ts';
import { balances, close, collect, makeRemitWorld, planned, work } from '../../support/remit-world.ts';
import {
  breaksOf,
  bringOurs,
  brokenLine,
  deskOf,
  linesOf,
  statementParts,
} from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const ACCEPTED = { body: { state: 'accepted' } };

t.test('the total of an order that the bank does not name', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  await planned(world);
  await setClock(world.db, '2026-11-23T06:00:00Z');
  await collect(world, { '': '30.000' });
  await setClock(world.db, '2026-11-23T16:30:00Z');
  await close(world, BILLERS.om, '2026-11-23');
  const files = await work(world, '2026-11-24T06:00:00Z');
  t.equal(files.size, 1, 'both in one order');
  const order = /<MsgId>(\w+)<\/MsgId>/.exec([...files.values()].join(''))?.[1] ?? '';
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -155_500n, text: 'BULK PAYMENT', ref: 'A' },
    {
      minor: -155_500n,
      text: `twice ${order.replace(/.$/, (last) => (last === 'X' ? 'Y' : 'X'))}`,
      ref: 'B',
    },
    { minor: -155_499n, ref: 'C' },
    { minor: 155_500n, reason: 'AC04', ref: 'D' },
  ]);
  const ids = await Promise.all([1, 2, 3, 4].map((line) => brokenLine(world.db, fileId, line)));
  const [total = '', twice = '', other = '', back = ''] = ids;
  const proposed = (await breaksOf(world.db)).map(({ ours }) => ours['candidates'] ?? null);
  const candidates = [{ order, remittances: 2, executeOn: /^2026-11-/ }];
  t.match(proposed, [candidates, candidates, null, null]);
  t.match(await resolve(desk.one, total, 'remittance', { order: 'WST0' }), { code: 'malformed-request' });
  const both = { order, endToEndId: 'W0' };
  t.match(await resolve(desk.one, total, 'remittance', both), { code: 'malformed-request' });
  for (const id of [other, back])
    t.match(await resolve(desk.one, id, 'remittance', { order }), { code: 'approval-impossible' });
  const asked = await resolve(desk.one, twice, 'remittance', { order });
  t.match(await resolved(desk, total, 'remittance', { order }), ACCEPTED);
  t.match(await accept(desk.two, asked.body?.approvalId ?? ''), { code: 'approval-impossible' });
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'order-total', matches: [{ kind: 'order-total' }, { kind: 'order-total' }] },
    { outcome: 'break' },
    { outcome: 'break' },
    { outcome: 'break' },
  ]);
  t.match(await balances(world.db, OM), { 'bank/1': -155_500n });
  t.notOk('biller/in-transit' in (await balances(world.db, OM)));
});
