// An agency sets where its events go: a secret made for it, addresses that may not be called, which events.
import t from 'tap';
import { assertConfirmed, standingOf } from '../support/confirmed.ts';
import { SECRET, startTestWorker, type ConfirmingWorld } from '../support/confirming.ts';
import { startTestWorld } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { remove, secretOf, startWithoutWebhook as start, type Shown } from '../support/webhook-setting.ts';

await t.test('a secret made here stays while none is given', async (t) => {
  const { world, agency, put, payNext } = await start(t);
  t.equal((await agency.send('GET', '/v1/webhook')).code, 'webhook-not-found');
  t.equal((await agency.send('DELETE', '/v1/webhook')).code, 'webhook-not-found');
  t.equal((await agency.send('POST', '/v1/webhook/test')).code, 'webhook-not-found');
  const made = await put({});
  t.match(made, {
    url: world.agency.url,
    events: null,
    batch: false,
    secret: /^whsec_[A-Za-z0-9+/]{32,}=*$/,
  });
  t.notOk(made.previousSecretUntil, 'there was none before');
  t.equal((await put({})).secret, made.secret);
  t.equal((await agency.send<Shown>('GET', '/v1/webhook')).body?.secret, undefined);
  world.agency.knows(made.secret ?? '');
  await startTestWorker(t, world);
  await payNext();
  await assertConfirmed(t, world.db, world.agency);
  t.equal((await put({ secret: secretOf(1) })).secret, undefined, 'a secret that was given is not told back');
});

await t.test('an address that cannot serve is refused, and pointed to', async (t) => {
  const { world, agency } = await start(t);
  const strict = await startTestWorld(t, { WASIT_PRIVATE_NETWORKS: '' });
  const refused = async (
    client: typeof agency,
    body: object,
    pointer: string,
    says: RegExp,
  ): Promise<void> => {
    const { problem } = await client.send('PUT', '/v1/webhook', body);
    t.match(
      problem,
      { code: 'malformed-request', errors: [{ pointer, detail: says }] },
      JSON.stringify(body),
    );
  };
  const anywhere: [string, RegExp][] = [
    ['nonsense', /not an absolute URL/],
    ['ftp://agency.example/', /https/],
    ['https://user:word@agency.example/', /user name or password/],
    ['https://agency.example/#part', /fragment/],
    ['https://agency.example/a b', /blanks/],
    ['http://198.51.100.7/', /https/],
    ['https://10.1.2.3/', /private or reserved/],
    ['https://169.254.169.254/latest/', /private or reserved/],
    ['https://[fe80::1]/', /private or reserved/],
    ['https://[::ffff:10.0.0.1]/', /private or reserved/],
    ['https://0x0a000001/', /private or reserved/],
  ];
  for (const [url, says] of anywhere) await refused(agency, { url }, '/url', says);
  const elsewhere: [string, RegExp][] = [
    ['http://127.0.0.1:9/', /https/],
    ['https://127.0.0.1:9/', /private or reserved/],
    ['https://localhost/', /private or reserved/],
    ['http://agency.example/', /https/],
  ];
  for (const [url, says] of elsewhere) await refused(strict.client('om-social'), { url }, '/url', says);
  const url = 'https://agency.example/';
  const tooShort = `whsec_${Buffer.alloc(23).toString('base64')}`;
  const tooLong = `whsec_${Buffer.alloc(65).toString('base64')}`;
  for (const secret of ['', 'secret', 'whsec_', tooShort, tooLong, SECRET.slice(0, -1)])
    await refused(agency, { url, secret }, '/secret', /whsec_/);
  const malformed: [object, string][] = [
    [{ url, events: [] }, '/events'],
    [{ url, events: ['payment'] }, '/events/0'],
    [{ url, events: ['*'] }, '/events/0'],
    [{ url, events: ['Payment.accepted'] }, '/events/0'],
    [{ url, events: ['payment.accepted', 'payment.accepted'] }, '/events'],
    [{ url, events: ['payment.acepted'] }, '/events/0'],
    [{ url, events: ['payment.accepted', 'transfer.*'] }, '/events/1'],
    [{ url, batch: 'yes' }, '/batch'],
    [{ url, address: 'x' }, '/address'],
    [{}, '/url'],
    [{ url: '' }, '/url'],
  ];
  for (const [body, pointer] of malformed) await refused(agency, body, pointer, /./);
  const known =
    'payment.accepted payment.reversed payment.credited payment.* settlement.closed settlement.* remittance.sent remittance.confirmed remittance.returned remittance.* mandate.submitted mandate.bank-validated mandate.bank-refused mandate.accepted mandate.rejected mandate.returned mandate.suspended mandate.resumed mandate.cancelled mandate.expired mandate.cover-accepted mandate.cover-rejected mandate.* debit.announced debit.held debit.reduced debit.sent debit.collected debit.failed debit.returned debit.dropped debit.given-up debit.* bill.*';
  await refused(
    agency,
    { url, events: ['nothing.*'] },
    '/events/0',
    new RegExp(known.split(' ').join(', ').replaceAll('*', '\\*')),
  );
  t.equal((await agency.send('GET', '/v1/webhook')).code, 'webhook-not-found', 'nothing of it was kept');
  t.equal(
    (await agency.send('PUT', '/v1/webhook', { url, events: known.split(' ') })).status,
    200,
    'all that are known',
  );
  t.equal(await remove(world), 204);
  for (const client of ['bank', 'agent'])
    for (const method of ['GET', 'DELETE'])
      t.equal((await strict.client(client).send(method, '/v1/webhook')).code, 'forbidden');
  t.equal((await strict.client('bank').send('PUT', '/v1/webhook', { url })).code, 'forbidden');
});

await t.test('which events, one request or several: as the last PUT says, at once', async (t) => {
  const { world, put, payNext } = await start(t);
  const { agency, db } = world;
  const types = (): string[] => agency.told.map(({ type }) => type);
  const settle = (): Promise<unknown> =>
    until('all dealt with', async () => {
      const { unnumbered, waiting } = await standingOf(db);
      return unnumbered === 0 && waiting === 0;
    });
  const payAndUndo = async (reference: string): Promise<void> => {
    await world.client('bank').reverse(await payNext(), reference);
    await settle();
  };
  await startTestWorker(t, world);
  await put({ secret: SECRET, events: ['payment.reversed'] });
  await payAndUndo('U-1');
  t.same(types(), ['payment.reversed']);
  await put({ events: ['settlement.*', 'payment.accepted'] });
  await payAndUndo('U-2');
  t.same(types(), ['payment.reversed', 'payment.accepted']);
  await put({ events: ['settlement.*'] });
  await payAndUndo('U-3');
  t.equal(types().length, 2);
  await put({ events: ['payment.*'], batch: true });
  await payAndUndo('U-4');
  t.same(types().slice(2), ['payment.accepted', 'payment.reversed']);
  t.match(agency.requests.at(-1), { id: /^evb_/ });
  await put({});
  await payAndUndo('U-5');
  t.same(types().slice(4), ['payment.accepted', 'payment.reversed']);
  t.match(agency.requests.at(-1), { id: /^evt_/ });
  t.same(agency.strange, []);
});

await t.test(
  'removed: nothing is sent, the feed goes on; set again, it goes on where it stood',
  async (t) => {
    const { world, agency, put, payNext } = await start(t);
    await payNext();
    await startTestWorker(t, world);
    await until('numbered', async () => (await feedOf(world)) === 1);
    await put({ secret: SECRET });
    await payNext();
    await world.agency.books(1);
    t.equal(await remove(world), 204);
    t.equal((await agency.send('GET', '/v1/webhook')).code, 'webhook-not-found');
    const eventIds = [world.agency.told[0]?.data.eventId];
    t.equal((await agency.send('POST', '/v1/deliveries/resend', { eventIds })).code, 'webhook-not-found');
    await payNext();
    await until('the feed has it', async () => (await feedOf(world)) === 3);
    await put({ secret: SECRET });
    await payNext();
    await world.agency.books(3);
    t.equal(
      world.agency.told.length,
      3,
      'what came between is told; what was before the first webhook is in the feed alone',
    );
    const rows = await world.db.transaction((tx) =>
      tx.query<{ action: string; before: object | null; after: object | null }>(
        `select actor, origin, action, subject, before, after from audit_log where action like 'webhook.%' order by recorded_at`,
      ),
    );
    const set = { url: world.agency.url, events: null, batch: false };
    t.match(rows, [
      {
        actor: 'agency/om-social',
        origin: 'api',
        subject: 'biller/1',
        action: 'webhook.set',
        before: null,
        after: { ...set, secretChanged: true },
      },
      { action: 'webhook.remove', before: set, after: null },
      { action: 'webhook.set', before: null, after: set },
    ]);
    t.notMatch(JSON.stringify(rows), /whsec_/);
  },
);

async function feedOf({ db }: ConfirmingWorld): Promise<number> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ count: number }>('select count(*)::int as count from event_feed where biller_id = 1'),
  );
  return row?.count ?? 0;
}
