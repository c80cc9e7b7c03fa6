// Lists of bills and of bill files for an agency's people, and a file that one of them sends.
import t from 'tap';
import type { BillAnswer } from '../../src/bills/bill-answer.ts';
import type { FileState } from '../../src/bills/file-schema.ts';
import type { Static } from 'typebox';
import type { Client } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { addBills, setClock } from '../support/world.ts';

interface Bills {
  readonly items: Static<typeof BillAnswer>[];
  readonly next: string | null;
}
interface Files {
  readonly items: FileState[];
  readonly next: string | null;
}

t.test('lists of bills', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  await addBills(db, 'eg', [
    { number: 'A-1', amount: '10.00', dueOn: '2026-11-30', unit: 'cairo' },
    { number: 'A-2', amount: '10.00', payer: 'E-2', expiresOn: '2026-11-30' },
    { number: 'A-3', amount: '10.00', payer: 'E-2', status: 'cancelled' },
    { number: 'A-4', min: '1.00', max: '5.00', step: '1.00' },
  ]);
  await addBills(db, 'om', [{ number: 'OM-1', amount: '1.000' }]);
  const agency = await colleague(db, baseUrl, 'agency', 'approver', { billerCode: 'eg-local' });
  const teller = await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  const support = await colleague(db, baseUrl, 'support', 'support');
  const ask = async (query = '', client: Client = agency): Promise<string[] | string> => {
    const { body, code } = await client.send<Bills>('GET', `/v1/bills?${query}`);
    return body?.items.map(({ billNumber }) => billNumber) ?? code;
  };

  const cases: [string, string[]][] = [
    ['', ['A-1', 'A-2', 'A-3', 'A-4']],
    ['state=open', ['A-1', 'A-2', 'A-4']],
    ['state=cancelled', ['A-3']],
    ['state=paid', []],
    ['payerId=E-2', ['A-2', 'A-3']],
    ['payerId=E-2&state=open', ['A-2']],
    ['dueTo=2026-11-30', ['A-1']],
    ['dueFrom=2026-12-01', ['A-2', 'A-3', 'A-4']],
    ['unit=cairo', ['A-1']],
    ['after=A-2', ['A-3', 'A-4']],
  ];
  for (const [query, numbers] of cases) t.same(await ask(query), numbers, query);
  t.same(await ask('', world.client('om-social')), ['OM-1'], 'each its own');
  t.same(await ask('biller=eg-local&state=cancelled', support), ['A-3']);
  t.equal(await ask('', support), 'forbidden');
  t.equal(await ask('', teller), 'forbidden');
  for (const query of ['dueFrom=2026-02-30', 'state=late', 'biller=om-social', 'limit=0'])
    t.equal(await ask(query), 'malformed-request', query);
  const seen: (string | null)[] = [];
  for (let after = ''; seen.at(-1) !== null; after = `&after=${seen.at(-1)}`) {
    const { body } = await agency.send<Bills>('GET', `/v1/bills?state=open&limit=1${after}`);
    seen.push(...(body?.items ?? []).map(({ billNumber }) => billNumber), body?.next ?? null);
  }
  t.same(seen, ['A-1', 'A-1', 'A-2', 'A-2', 'A-4', null]);
  await setClock(db, '2026-12-02T08:00:00Z');
  t.same(await ask('state=expired'), ['A-2'], 'by the day that it is');
});

t.test('a file that a person sends, and the list of files', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const people = {
    officer: await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' }),
    approver: await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' }),
    other: await colleague(db, baseUrl, 'other', 'finance-officer', { billerCode: 'eg-local' }),
    teller: await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' }),
    admin: await colleague(db, baseUrl, 'admin', 'operator-admin'),
  };
  const send = async (login: string, number: string, query = ''): Promise<number> => {
    const answer = await fetch(`${baseUrl}/v1/bill-files${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await session(db, login)}`, 'content-type': 'text/csv' },
      body: `billNumber,payerId,payerName,description,amount,currency,dueOn\n${number},E-1,Salim,Dues,1.000,OMR,2026-12-31\n`,
    });
    await answer.text();
    return answer.status;
  };
  t.equal(await send('officer', 'F-1'), 202);
  t.equal(await send('officer', 'F-1'), 200, 'the same file again');
  t.equal(await send('officer', 'F-2'), 202);
  for (const login of ['approver', 'teller', 'admin']) t.equal(await send(login, 'F-3'), 403, login);
  const audited = await db.transaction((tx) =>
    tx.query(`select actor from audit_log where action = 'bill-file.send'`),
  );
  t.same(audited, [{ actor: 'officer' }, { actor: 'officer' }], 'once for each file');

  const list = async (client: Client, query = '') =>
    (await client.send<Files>('GET', `/v1/bill-files${query}`)).body;
  const own = await list(people.approver);
  t.equal(own?.items.length, 2);
  t.ok((own?.items[0]?.fileId ?? '') > (own?.items[1]?.fileId ?? ''), 'the newest first');
  const first = await list(people.officer, '?limit=1');
  t.equal(first?.next, own?.items[0]?.fileId);
  t.same((await list(people.officer, `?limit=1&after=${first?.next}`))?.items, own?.items.slice(1));
  t.same((await list(people.other))?.items, []);
  t.equal((await list(people.admin, '?biller=om-social'))?.items.length, 2);
  t.equal((await people.teller.send('GET', '/v1/bill-files')).code, 'forbidden');
  t.equal((await people.officer.send('GET', '/v1/bill-files?after=x')).code, 'malformed-request');
});
