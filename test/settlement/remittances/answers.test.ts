// What the bank answers: taken once, applied to what it is about, and a next attempt after what came back.
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { readOrderStatus } from '../../../src/dialects/iso20022/index.ts';
import { showId } from '../../../src/kernel/ids.ts';
import type { Remittance } from '../../../src/settlement/index.ts';
import { takeBankAnswer } from '../../../src/settlement/orders/index.ts';
import {
  confirmRemittance,
  retryRemittance,
  returnRemittance,
} from '../../../src/settlement/remittances/index.ts';
import {
  balances,
  close,
  collect,
  EVENING,
  eventsOf,
  makeRemitWorld,
  planned,
  setAccount,
  standing,
  work,
} from '../../support/remit-world.ts';
import type { RemitWorld } from '../../support/remit-world.ts';
import { colleague } from '../../support/staff.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

const report = (order: string, group: string, transfers: readonly (readonly [string, string])[] = []) =>
  Buffer.from(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${order}</OrgnlMsgId>${group === '' ? '' : `<GrpSts>${group}</GrpSts>`}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>${order}-1</OrgnlPmtInfId>${transfers
    .map(
      ([id, code]) =>
        `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${code}</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts>`,
    )
    .join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`);

const messageIdOf = (files: ReadonlyMap<string, string>): string =>
  /<MsgId>(\w+)<\/MsgId>/.exec([...files.values()][0] ?? '')?.[1] ?? '';

async function answer(world: RemitWorld, bytes: Buffer, accountId: number | null = null) {
  return takeBankAnswer(world.db, readOrderStatus, { name: 'answer.xml', bytes, accountId });
}

t.test('half an order is rejected: what came back is owed again, the rest goes on', async (t) => {
  const world = await makeRemitWorld(t);
  await collect(world, { cairo: '70.00', '': '10.00' }, { biller: 'eg' });
  await setAccount(world.db, 'eg-local', 'cairo', { holder: 'Cairo', paysFrom: 'ours-egp' });
  await setClock(world.db, EVENING);
  const [own, cairo] = (await close(world, BILLERS.eg)).remittances;
  if (own === undefined || cairo === undefined) throw new Error('not planned');
  const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
  const bytes = report(message, 'PART', [
    [own.endToEndId, 'ACSP'],
    [cairo.endToEndId, 'RJCT'],
    ['W00000000000000X', 'RJCT'],
  ]);
  const taken = await answer(world, bytes);
  t.match(taken, { known: false, outcome: { accepted: 1, rejected: 1, unknown: ['W00000000000000X'] } });
  t.match(
    await answer(world, bytes),
    { known: true, outcome: { accepted: 1, rejected: 1 } },
    'the same bytes again',
  );
  t.match(await standing(world.db, own.remittanceId), { state: 'sent' });
  t.match(await standing(world.db, cairo.remittanceId), { state: 'rejected', reason: 'RJCT: AC01' });
  const books = await balances(world.db, BILLERS.eg.id);
  t.equal(books['biller/in-transit'], -1_000n);
  t.equal(books['biller/payable'], -7_000n, 'owed again');
  t.match(
    (await eventsOf(world.db, BILLERS.eg.id)).map((event) => [
      event.type,
      (event.payload as { state: string }).state,
    ]),
    [
      ['remittance.sent', 'sent'],
      ['remittance.sent', 'sent'],
      ['remittance.returned', 'rejected'],
    ],
  );
  const [file] = await world.db.transaction((tx) =>
    tx.query<{ state: string }>('select state from order_file'),
  );
  t.equal(file?.state, 'partly');
});

t.test('a whole order rejected, and a next attempt that persons decide', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
  t.match(await answer(world, report(message, 'RCVD')), { outcome: { undecided: 1, rejected: 0 } });
  t.match(
    await answer(world, report(message, 'RJCT'), 2),
    { outcome: { unknown: [message] } },
    'another account',
  );
  await setAccount(world.db, 'om-social', '', { holder: 'Right account', paysFrom: 'ours-omr' });
  t.match(await answer(world, Buffer.concat([report(message, 'RJCT'), Buffer.from('\n')])), {
    outcome: { rejected: 1 },
  });
  t.equal((await work(world)).size, 1, 'nothing goes again by itself');
  const retry = (): Promise<Remittance> =>
    world.db.transaction((tx) =>
      retryRemittance(tx, { billerId: OM, remittanceId: one.remittanceId, askedBy: null }),
    );
  const next = await retry();
  t.match(next, {
    state: 'planned',
    held: 'approval',
    attempt: 1,
    endToEndId: `${one.endToEndId.slice(0, 15)}1`,
  });
  t.equal((await retry()).remittanceId, next.remittanceId, 'asked twice, tried once');
  t.equal((await work(world)).size, 1, 'persons have to decide');
  const approvalId = showId('apr', String((await standing(world.db, next.remittanceId))['approval_id']));
  for (const login of ['amal', 'badr']) {
    const person = await colleague(world.db, world.baseUrl, login, 'operator-admin');
    t.equal((await person.send('POST', `/v1/approvals/${approvalId}/accept`, {})).status, 200);
  }
  const files = [...(await work(world)).values()];
  t.equal(files.length, 2);
  t.ok(files.some((text) => text.includes(next.endToEndId) && text.includes('Right account')));
  t.equal((await balances(world.db, OM))['biller/in-transit'], -125_500n);
});

t.test(
  'what was proved and then rejected is for a person; what comes back later is owed again',
  async (t) => {
    const world = await makeRemitWorld(t);
    const { remittanceId } = await planned(world);
    const which = { billerId: OM, remittanceId };
    const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
    await world.db.transaction((tx) => confirmRemittance(tx, { ...which, proof: 'statement 1' }));
    t.match(await answer(world, report(message, 'RJCT')), { outcome: { conflicts: [String], rejected: 0 } });
    t.match(await standing(world.db, remittanceId), { state: 'confirmed' });
    await world.db.transaction((tx) => returnRemittance(tx, { ...which, reason: 'account closed' }));
    const books = await balances(world.db, OM);
    t.equal(books['biller/payable'], -125_500n);
    t.notOk('bank/1' in books);
  },
);

t.test(
  'answers lie in the folder of their bank, each is taken once, hostile ones are set aside',
  async (t) => {
    const world = await makeRemitWorld(t);
    const one = await planned(world);
    const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
    const folder = path.join(world.dataDir, 'answers', 'main');
    await mkdir(folder, { recursive: true });
    const put = async (name: string, bytes: Buffer | string, age = 60) => {
      await writeFile(path.join(folder, name), bytes);
      const then = Date.now() / 1000 - age;
      await utimes(path.join(folder, name), then, then);
    };
    await put('a.xml', report(message, 'RJCT'));
    await put('b.xml', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>');
    await put('c.xml.part', 'half');
    await put('young.xml', report(message, 'ACCP'), 0);
    await work(world);
    t.match(await standing(world.db, one.remittanceId), { state: 'rejected' });
    t.same((await readdir(folder)).sort(), ['c.xml.part', 'read', 'refused', 'young.xml']);
    t.same(await readdir(path.join(folder, 'read')), ['a.xml']);
    t.same(await readdir(path.join(folder, 'refused')), ['b.xml']);
    t.ok(
      world.lines.some(
        ({ level, told }) => level === 'warn' && JSON.stringify(told).includes('document type'),
      ),
    );
  },
);
