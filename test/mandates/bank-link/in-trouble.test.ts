// A bank in trouble is left alone: after a few failures one call asks now and then, and nothing that waits is lost.
import t from 'tap';
import { setBankLink } from '../../../src/mandates/index.ts';
import { readBankLinks } from '../../../src/mandates/bank-link/store-link.ts';
import { makeLinkedWorld } from '../../support/bank-linked.ts';
import { startHostileServer, type Answer } from '../../support/hostile-server.ts';
import { accepted } from '../../support/mandates.ts';
import { linkBank, LOCAL, startPayersBank, testLines } from '../../support/payers-bank.ts';
import { ACTOR, addBills, done, MASTER_KEY, setClock } from '../../support/world.ts';

const answered = (status: string, body = ''): Answer => {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return (socket) => void socket.write(head + body);
};
const AWAY = answered('503 Service Unavailable');
const HUNG_UP: Answer = (socket) => void socket.destroy();
const SILENT: Answer = () => undefined;
const COLLECTED = answered('200 OK', '{"outcome":"collected"}');
const DEBITS = 40;
const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

for (const [what, trouble] of [
  ['answers 503', AWAY],
  ['hangs up', HUNG_UP],
  ['says nothing', SILENT],
] as const)
  t.test(`a bank that ${what}`, async (t) => {
    let clock = 0;
    const world = await makeLinkedWorld(t, {}, () => clock);
    const { db } = world;
    const bank = await startPayersBank(t);
    await linkBank(db, bank);
    const ceiling = { perDebit: OMR('500.000'), perMonth: OMR('90000.000') };
    await accepted(world, { payerId: 'S-1', announceDays: 0, validFrom: '2026-11-01', ceiling });
    const numbers = Array.from({ length: DEBITS }, (_, n) => `D-${n}`);
    const each = { amount: '400.000', payer: 'S-1', dueOn: '2026-11-23' };
    await addBills(
      db,
      'om',
      numbers.map((number) => ({ number, ...each })),
    );
    await setClock(db, '2026-11-23T06:00:00Z');
    const hostile = await startHostileServer(t, trouble);
    const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
    const deadlineMs = trouble === SILENT ? 200 : 20_000;
    done(await setBankLink(db, 'bank', { url: hostile.url('/bank'), deadlineMs }, tools, ACTOR));
    const calls = async (): Promise<number> => {
      const before = hostile.requests.length;
      await world.skipPauses();
      await world.collect();
      return hostile.requests.length - before;
    };
    t.ok((await calls()) <= 4, 'few at first');
    t.ok((await calls()) <= 1, 'then one');
    t.equal(await calls(), 0, 'and nobody until the pause is over');
    clock += 1_000;
    t.equal(await calls(), 1, 'then one asks');
    clock += 1_000;
    t.equal(await calls(), 0, 'the next pause is longer');
    const [{ n } = { n: -1 }] = await db.transaction((tx) =>
      tx.query<{ n: number }>(`select count(*)::int as n from debit_order where state = 'built'`),
    );
    t.equal(n, DEBITS, 'all wait');

    hostile.answer = COLLECTED;
    const before = hostile.requests.length;
    done(await setBankLink(db, 'bank', { deadlineMs: 20_000 }, tools, ACTOR));
    for (let round = 0; round < 200; round++) {
      clock += 60_000;
      await world.skipPauses();
      await world.collect();
      const left = await db.transaction((tx) =>
        tx.query(`select from debit_order where state <> 'collected'`),
      );
      if (left.length === 0) break;
    }
    const states = await db.transaction((tx) => tx.query('select distinct state from debit_order'));
    t.same(states, [{ state: 'collected' }]);
    const ids = hostile.requests.slice(before).map((request) => /webhook-id: (\S+)/i.exec(request)?.[1]);
    t.equal(ids.length, DEBITS);
    t.equal(new Set(ids).size, DEBITS, 'each is collected by one call');
  });

t.test('a bank that answers every other call is called by few at once', async (t) => {
  const world = await makeLinkedWorld(t);
  const bank = await startPayersBank(t);
  await linkBank(world.db, bank, { deadlineMs: 20_000 });
  let nth = 0;
  bank.answering = (_, response) => {
    if ((nth += 1) % 2 === 0) return { outcome: 'pending' };
    response.writeHead(503).end();
    return undefined;
  };
  const { lines } = testLines(t);
  const [link] = await world.db.transaction((tx) => readBankLinks(tx));
  if (link === undefined) throw new Error('the bank is not linked');
  const rooms: number[] = [];
  for (let n = 0; n < 40; n++) {
    await lines.call(link, { path: '/debits', id: `dbt_${n}`, body: {} });
    rooms.push(lines.roomFor(link));
  }
  t.ok(Math.max(...rooms.slice(4)) <= 2, rooms.join(' '));
  bank.answering = () => ({ outcome: 'pending' });
  for (let n = 0; n < 20; n++) await lines.call(link, { path: '/debits', id: `dbt_${n}`, body: {} });
  t.equal(lines.roomFor(link), 16, 'and by more as it answers');
});
