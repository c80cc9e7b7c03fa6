// What the bank answers: taken once, applied to what it is about, and a next attempt after what came back.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { addBank } from '../../../src/billers/bank/index.ts';
import { showId } from '../../../src/kernel/ids.ts';
import type { Remittance } from '../../../src/settlement/index.ts';
import {
  confirmRemittance,
  retryRemittance,
  returnRemittance,
} from '../../../src/settlement/remittances/index.ts';
import { answer, lay, messageIdOf, report } from '../../support/bank-answers.ts';
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
import { colleague } from '../../support/staff.ts';
import { ACTOR, BILLERS, done, MASTER_KEY, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

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
  t.match(
    await answer(world, report(message, 'RJCT')),
    { known: false, outcome: { rejected: 1 } },
    'the same bytes, which had come to nothing',
  );
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
    const put = (name: string, bytes: Buffer | string, ageS?: number) =>
      lay(world, 'main', name, bytes, ageS);
    await put('a.xml', report(message, 'RJCT'));
    await put('b.xml', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>');
    await put('c.xml.part', 'half');
    const folder = await put('young.xml', report(message, 'ACCP'), 0);
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

t.test('in its folder a bank speaks of its own orders alone', async (t) => {
  const world = await makeRemitWorld(t);
  const one = await planned(world);
  const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
  const other = {
    name: { en: 'Other Bank' },
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    weekend: [5, 6],
    bic: 'OTHROMRX',
    leadDays: 1,
    handover: { way: 'folder' },
  };
  done(await addBank(world.db, 'other', { change: other }, MASTER_KEY, ACTOR));
  const bytes = report(message, 'RJCT', [[one.endToEndId, 'RJCT']]);
  const folder = await lay(world, 'other', 'a.xml', bytes);
  await work(world);
  t.match(await standing(world.db, one.remittanceId), { state: 'sent' }, 'nothing changes');
  t.match(
    world.lines.find(({ text }) => text === 'an answer of a bank needs a person'),
    { level: 'warn', told: { bank: 'other', rejected: 0, unknown: [message] } },
  );
  t.same(await readdir(path.join(folder, 'read')), ['a.xml']);
  await lay(world, 'main', 'a.xml', bytes);
  await work(world);
  t.match(
    await standing(world.db, one.remittanceId),
    { state: 'rejected' },
    'the same bytes where they belong',
  );
});

t.test(
  'a name that is not UTF-8 is a name; an answer too large, or in endless ids, is told briefly',
  async (t) => {
    const world = await makeRemitWorld(t);
    const one = await planned(world);
    const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
    const name = Buffer.concat([Buffer.from([0xe9, 0xc7]), Buffer.from('.xml')]);
    const endless = Array.from({ length: 30_000 }, (_, n) => [`X${n}`, 'RJCT'] as const);
    await lay(world, 'main', name, report(message, 'ACCP'));
    await lay(world, 'main', 'endless.xml', report(message, '', endless));
    const folder = await lay(world, 'main', 'large.xml', Buffer.alloc(8 * 1024 * 1024 + 1, 32));
    await work(world);
    t.same(await readdir(path.join(folder, 'read')), ['endless.xml', '\ufffd\ufffd.xml']);
    t.same(await readdir(path.join(folder, 'refused')), ['large.xml']);
    const steps = await world.db.transaction((tx) =>
      tx.query(`select from remittance_step where reason like 'the bank says ACCP%' and remittance_id = $1`, [
        one.remittanceId,
      ]),
    );
    t.equal(steps.length, 1);
    const told = world.lines.filter(({ level }) => level !== 'info').map((line) => JSON.stringify(line));
    t.equal(told.length, 2, 'each once');
    const [brief] = told.filter((line) => line.includes('endless.xml'));
    t.ok(brief !== undefined && brief.length < 2_000 && brief.includes('"unknownCount":30000'));
    await work(world);
    t.equal(world.lines.filter(({ level }) => level !== 'info').length, 2, 'and not again');
  },
);
