// An agency's settings over HTTP: what it agreed, without secrets; and the holidays that an administrator decides.
import t from 'tap';
import { setHolidays, setLink } from '../../src/billers/index.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

type Shown = Record<string, unknown> & {
  readonly agreements: { readonly channelCode: string; readonly terms: Record<string, unknown> | null }[];
};

t.test('an agency as people see it', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const place = { billerCode: 'om-social' };
  const people = {
    admin: await colleague(db, baseUrl, 'admin', 'operator-admin'),
    support: await colleague(db, baseUrl, 'support', 'support'),
    officer: await colleague(db, baseUrl, 'officer', 'finance-officer', place),
    approver: await colleague(db, baseUrl, 'approver', 'approver', place),
    teller: await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' }),
    agencyKey: world.client('om-social'),
    channelKey: world.client('bank'),
  };
  const eid = { onDate: '2027-03-10', name: 'Eid al-Fitr', state: 'tentative' } as const;
  done(await setHolidays(db, { kind: 'biller', code: 'om-social' }, [eid], ACTOR));
  const all = 'ok ok ok ok forbidden ok forbidden';
  const notOwn = 'ok ok biller-not-found biller-not-found forbidden biller-not-found forbidden';
  const admin = 'ok forbidden forbidden forbidden forbidden forbidden forbidden';
  const holiday = '/v1/billers/om-social/holidays';
  const table: [string, string, string][] = [
    ['GET', '/v1/billers/om-social', all],
    ['GET', '/v1/billers/dz-social', notOwn],
    ['GET', '/v1/billers/nobody', notOwn.replaceAll('ok', 'biller-not-found')],
    ['POST', `${holiday}/2027-03-10/confirmation`, admin],
    ['POST', `${holiday}/2027-03-10/confirmation`, admin],
    ['POST', `${holiday}/2027-03-10/strike`, admin],
    ['POST', `${holiday}/2027-03-11/strike`, admin.replace('ok', 'not-found')],
    ['POST', '/v1/billers/nobody/holidays/2027-03-10/strike', admin.replace('ok', 'biller-not-found')],
  ];
  for (const [method, path, expected] of table) {
    const codes: string[] = [];
    for (const client of Object.values(people)) codes.push((await client.send(method, path)).code);
    t.equal(codes.join(' '), expected, `${method} ${path}`);
  }
  const { body } = await people.officer.send<Shown>('GET', '/v1/billers/om-social');
  t.match(body, {
    billerCode: 'om-social',
    names: { en: 'om-social' },
    currency: 'OMR',
    policy: 'at-least',
    timeZone: 'Asia/Muscat',
    cutOff: '16:00',
    weekend: [6, 7],
    holidays: [{ ...eid, state: 'struck' }],
    units: [],
    services: [],
  });
  const audited = await people.support.send<{ items: unknown[] }>(
    'GET',
    '/v1/audit?actor=admin&action=biller.set-holidays',
  );
  t.match(audited.body?.items, [
    { subject: 'biller/om-social', before: [{ state: 'confirmed' }], after: [{ state: 'struck' }] },
    { subject: 'biller/om-social', before: [{ state: 'tentative' }], after: [{ state: 'confirmed' }] },
  ]);
  t.equal(audited.body?.items.length, 2, 'what was said again leaves nothing');

  await t.test('agreements in the words of their terms', async (t) => {
    const codes = body?.agreements.map((each) => each.channelCode);
    t.same(codes, ['agent', 'bank', 'closed', 'kiosk', 'shop', 'transit']);
    const ofAgent = (shown: Shown | undefined) =>
      shown?.agreements.find((each) => each.channelCode === 'agent');
    t.match(ofAgent(body), {
      version: 1,
      channelStatus: 'active',
      terms: {
        route: 'via-operator',
        fees: [{ per: 'bill', bearer: 'payer', flat: '0.200' }],
        taxPercent: '15',
      },
    });
    t.notHas(ofAgent(body)?.terms, { commission: [] }, 'what the channel gets is not the agency’s');
    const seen = await people.support.send<Shown>('GET', '/v1/billers/om-social?biller=om-social');
    t.match(ofAgent(seen.body)?.terms, { commission: [{ percent: '0.2' }] });
  });

  await t.test('a link is shown without its secret', async (t) => {
    const secret = Buffer.alloc(32, 5).toString('base64');
    const link = { url: 'https://agency.example/wasit', secret: `whsec_${secret}` };
    done(await setLink(db, 'dz-social', link, { masterKey: MASTER_KEY, allowedNetworks: [] }, ACTOR));
    const { text } = await people.admin.send('GET', '/v1/billers/dz-social');
    t.match(JSON.parse(text), { kind: 'linked', link: { url: 'https://agency.example/wasit' } });
    t.notMatch(text, secret);
  });
});
