// An agency sets where its events go: secrets, rotated without a gap, addresses that may not be called, which events.
import t, { type Test } from 'tap';
import { assertConfirmed, pay, standingOf } from '../support/confirmed.ts';
import {
  SECRET,
  startConfirmingWorld,
  startTestWorker,
  type ConfirmingWorld,
} from '../support/confirming.ts';
import { startTestWorld } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

interface Shown {
  readonly url: string;
  readonly events: string[] | null;
  readonly batch: boolean;
  readonly secret?: string;
  readonly previousSecretUntil?: string;
}

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;

async function start(t: Test) {
  const world = await startConfirmingWorld(t);
  const agency = world.client('om-social');
  const put = async (body: object): Promise<Shown> => {
    const answer = await agency.send<Shown>('PUT', '/v1/webhook', { url: world.agency.url, ...body });
    if (answer.body === undefined) throw new Error(answer.text);
    return answer.body;
  };
  const numbers = await addManyBills(world.db, 'om', 'W', 20, '10.000');
  const payNext = (): Promise<string> => pay(world.client('bank'), numbers.shift() ?? '');
  return { world, agency, put, payNext };
}

async function remove({ baseUrl, keys }: ConfirmingWorld): Promise<number> {
  const headers = { authorization: `Bearer ${keys.get('om-social') ?? ''}` };
  return (await fetch(`${baseUrl}/v1/webhook`, { method: 'DELETE', headers })).status;
}

/** How many signatures the last request carried. */
function signatures({ agency }: ConfirmingWorld): number {
  return String(agency.requests.at(-1)?.headers['webhook-signature']).split(' ').length;
}

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

await t.test('rotation: for a day both secrets sign, then the new one alone', async (t) => {
  const { world, put, payNext } = await start(t);
  const [old, fresh] = [secretOf(1), secretOf(2)];
  await put({ secret: old });
  await startTestWorker(t, world);
  world.agency.knows(old);
  await payNext();
  await world.agency.books(1);
  t.equal(signatures(world), 1);

  t.equal((await put({ secret: old })).previousSecretUntil, undefined, 'the same again is no rotation');
  const rotated = await put({ secret: fresh });
  const hours = (Date.parse(rotated.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
  t.ok(hours > 23 && hours <= 24, 'a day of overlap');
  t.equal((await put({})).previousSecretUntil, rotated.previousSecretUntil, 'no secret: the overlap stays');
  t.equal(
    (await put({ secret: fresh })).previousSecretUntil,
    rotated.previousSecretUntil,
    'the same: it stays',
  );
  for (const [i, secret] of [old, fresh].entries()) {
    world.agency.knows(secret);
    await payNext();
    await world.agency.books(2 + i);
    t.equal(signatures(world), 2);
  }
  t.same(world.agency.strange, [], 'who knows either takes it for genuine');

  await world.db.transaction((tx) =>
    tx.query('update webhook_old_secret set signs_until = clock_timestamp()'),
  );
  await put({});
  await payNext();
  await world.agency.books(4);
  t.equal(signatures(world), 1);
  t.same(world.agency.strange, []);
  world.agency.knows(old);
  await payNext();
  await world.agency.books(5);
  t.equal(world.agency.strange.length, 1, 'the old one is worth nothing any more');
});

await t.test(
  'changed again within the day: each secret before signs for its own day, five of them',
  async (t) => {
    const { world, put, payNext } = await start(t);
    const secrets = [1, 2, 3, 4, 5, 6, 7].map(secretOf);
    const given = async (secret: string | undefined): Promise<number> =>
      Date.parse((await put({ secret })).previousSecretUntil ?? '');
    await put({ secret: secrets[0] });
    const first = await given(secrets[1]);
    t.ok((await given(secrets[2])) > first, 'the day of the one that was replaced last');
    await startTestWorker(t, world);
    let booked = 0;
    const isGenuineFor = async (secret: string): Promise<boolean> => {
      world.agency.knows(secret);
      const strange = world.agency.strange.length;
      await payNext();
      await world.agency.books(++booked);
      return world.agency.strange.length === strange;
    };
    for (const secret of secrets.slice(0, 3)) t.ok(await isGenuineFor(secret), 'all three sign');
    t.equal(signatures(world), 3);

    await world.db.transaction((tx) =>
      tx.query(
        'update webhook_old_secret set signs_until = clock_timestamp() where signs_until = (select min(signs_until) from webhook_old_secret)',
      ),
    );
    await put({});
    t.notOk(await isGenuineFor(secretOf(1)), 'its day is over');
    t.ok(await isGenuineFor(secretOf(2)), 'the others have theirs');
    t.equal(signatures(world), 2);

    for (const secret of secrets.slice(3)) await put({ secret });
    t.ok(await isGenuineFor(secretOf(2)));
    t.equal(signatures(world), 6, 'the one that stands and five before it');
    await put({ secret: secretOf(8) });
    t.notOk(await isGenuineFor(secretOf(2)), 'a sixth old one: the oldest signs no longer');
    await put({ secret: secretOf(7) });
    await isGenuineFor(secretOf(7));
    t.equal(signatures(world), 6, 'one that stands again signs once');

    t.equal(await remove(world), 204);
    await put({ secret: secretOf(9) });
    await isGenuineFor(secretOf(9));
    t.equal(signatures(world), 1, 'removed and set again: the old ones are gone at once');
  },
);

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
    'payment.accepted payment.reversed payment.credited payment.* settlement.closed settlement.* remittance.sent remittance.confirmed remittance.returned remittance.* mandate.* debit.* bill.*';
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
