// An agency's configuration over HTTP: whose anybody sees, what is kept from him, and holidays decided.
import t from 'tap';
import { setHolidays } from '../../src/billers/index.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, done } from '../support/world.ts';

interface Page {
  readonly items: Record<string, unknown>[];
}

t.test('an agency’s configuration, by role', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const people = {
    admin: await colleague(db, baseUrl, 'admin', 'operator-admin'),
    support: await colleague(db, baseUrl, 'support', 'support'),
    officer: await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' }),
    approver: await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' }),
    teller: await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' }),
    agencyKey: world.client('om-social'),
  };
  const holidays = [
    { onDate: '2031-03-02', name: 'Eid', state: 'tentative' },
    { onDate: '2031-03-03', name: 'Eid', state: 'tentative' },
  ] as const;
  done(await setHolidays(db, { kind: 'biller', code: 'om-social' }, holidays, ACTOR));
  const own = 'ok ok ok ok forbidden forbidden';
  const other = 'ok ok biller-not-found biller-not-found forbidden forbidden';
  const nobodys = other.replaceAll('ok', 'biller-not-found');
  const table: [string, string, string][] = [
    ['GET', '/v1/billers/om-social', own],
    ['GET', '/v1/billers/eg-local', other],
    ['GET', '/v1/billers/nobody', nobodys],
    ['GET', '/v1/billers/om-social/agreements', own],
    ['GET', '/v1/billers/eg-local/agreements', other],
    ['GET', '/v1/billers/om-social/calendar', own],
    ['GET', '/v1/billers/eg-local/calendar', other],
    ['GET', '/v1/billers/om-social/calendar?from=2031-02-30', own.replaceAll('ok', 'malformed-request')],
    ['POST', '/v1/billers/om-social/holidays/2031-03-02/confirmation', `ok${' forbidden'.repeat(5)}`],
    ['POST', '/v1/billers/om-social/holidays/2031-03-03/strike', `ok${' forbidden'.repeat(5)}`],
    ['POST', '/v1/billers/om-social/holidays/2031-03-04/strike', `not-found${' forbidden'.repeat(5)}`],
  ];
  for (const [method, path, expected] of table) {
    const codes: string[] = [];
    for (const client of Object.values(people)) codes.push((await client.send(method, path)).code);
    t.equal(codes.join(' '), expected, `${method} ${path}`);
  }

  await t.test('its days: the confirmed one is free, the struck one is named and worked', async (t) => {
    const path = '/v1/billers/om-social/calendar?from=2031-03-02&to=2031-03-04';
    const { body } = await people.officer.send<Page>('GET', path);
    t.match(body?.items, [
      { date: '2031-03-02', day: 'holiday', holiday: 'Eid', state: 'confirmed', endsAt: String },
      { date: '2031-03-03', day: 'working', holiday: 'Eid', state: 'struck' },
      { date: '2031-03-04', day: 'working' },
    ]);
    t.equal(body?.items.length, 3);
    const log = await people.support.send<Page>('GET', '/v1/audit?actor=admin&subject=biller/om-social');
    t.match(log.body?.items, [
      { action: 'biller.set-holidays', after: [{ state: 'struck' }] },
      { action: 'biller.set-holidays', after: [{ state: 'confirmed' }] },
    ]);
  });

  await t.test('what a channel earns is not told to an agency', async (t) => {
    const path = '/v1/billers/om-social/agreements';
    const all = (await people.support.send<Page>('GET', path)).text;
    const shown = (await people.officer.send<Page>('GET', path)).text;
    t.match(all, '"commission"');
    t.notMatch(shown, '"commission"');
    t.match(JSON.parse(shown), { items: [{ channelCode: String, version: 1, terms: { route: String } }] });
  });

  t.match((await people.officer.send('GET', '/v1/billers/om-social')).body, {
    code: 'om-social',
    currency: 'OMR',
    holidays: [{ onDate: '2031-03-02', state: 'confirmed' }, { state: 'struck' }],
  });
});
