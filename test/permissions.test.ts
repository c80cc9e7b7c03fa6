// Who may do what: every route of the API description by every role, an agency's key, a channel's key and nobody. A route
// that has no row in test/support/permissions.ts fails here, and so does a row that has no route.
import t from 'tap';
import { bill } from './support/client.ts';
import { startTestWorld } from './support/gateway.ts';
import { readOperations, type Operation } from './support/fuzz/operations.ts';
import { PERMISSIONS } from './support/permissions.ts';
import { colleague, session } from './support/staff.ts';
import { addBills } from './support/world.ts';

const OM = { billerCode: 'om-social' };
const PEOPLE = [
  ['admin', 'operator-admin', {}],
  ['support', 'support', {}],
  ['officer', 'finance-officer', OM],
  ['approver', 'approver', OM],
  ['teller', 'channel-officer', { channelCode: 'bank' }],
] as const;

/** What the description has no example of. */
const PLACES: Readonly<Record<string, string>> = {
  settlementId: `stl_${'0'.repeat(26)}`,
  month: '2026-11',
};
const DATE = '2026-11-22';

type Send = (
  path: string,
  init: RequestInit & { readonly headers: Record<string, string> },
) => Promise<Response>;
interface Caller {
  readonly send: Send;
  readonly isOperators: boolean;
}

t.test('every route, by everybody', async (t) => {
  const world = await startTestWorld(t, { WASIT_RATE_LIMIT: '100000' });
  const { db, baseUrl } = world;
  const calling =
    (token: () => Promise<string | undefined>): Send =>
    async (path, init) => {
      const key = await token();
      const headers = new Headers(init.headers);
      if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
      return fetch(baseUrl + path, { ...init, redirect: 'manual', headers });
    };
  const callers: Caller[] = [];
  for (const [login, role, place] of PEOPLE) {
    await colleague(db, baseUrl, login, role, place);
    // A new session each time: one of the routes ends it.
    callers.push({
      send: calling(() => session(db, login)),
      isOperators: !('billerCode' in place || 'channelCode' in place),
    });
  }
  for (const token of [world.keys.get('om-social'), world.keys.get('bank'), undefined])
    callers.push({ send: calling(async () => token), isOperators: false });
  const found: string[] = [];
  for (const operation of readOperations()) {
    const marks = await Promise.all(callers.map((caller) => markOf(caller, operation)));
    found.push(`${marks.join('')} ${operation.method} ${operation.path}`);
  }
  t.same(found.sort(byRoute), PERMISSIONS.trim().split('\n').sort(byRoute));

  await t.test('what is another’s is not there', async (t) => {
    await addBills(db, 'om', [{ number: 'OM-1', amount: '10.000' }]);
    const paid = await world.client('bank').pay({ bills: [bill('OM-1', '10.000')] });
    const payment = `/v1/payments/${paid.body?.paymentId}`;
    const dz = { billerCode: 'dz-social' };
    const strangers = [
      world.client('dz-social'),
      await colleague(db, baseUrl, 'other-officer', 'finance-officer', dz),
      world.client('kiosk'),
      await colleague(db, baseUrl, 'other-teller', 'channel-officer', { channelCode: 'kiosk' }),
    ];
    for (const stranger of strangers)
      for (const path of [payment, `${payment}/trace`])
        t.equal((await stranger.send('GET', path)).status, 404, path);
    for (const stranger of strangers.slice(0, 2))
      for (const path of ['/v1/bills/OM-1', '/v1/billers/om-social'])
        t.equal((await stranger.send('GET', path)).status, 404, path);
    t.equal((await world.client('om-social').send('GET', payment)).status, 200, 'its own is');
  });
});

function byRoute(a: string, b: string): number {
  return a.slice(9) < b.slice(9) ? -1 : 1;
}

/** As the table says. */
async function markOf({ send, isOperators }: Caller, operation: Operation): Promise<string> {
  const { method, path } = operation;
  const [type, media] = Object.entries(operation.bodies)[0] ?? [];
  const given = media?.example ?? media?.schema?.examples?.[0] ?? {};
  const example = path === '/v1/deliveries/resend' ? { state: 'parked', ...OM } : given;
  const response = await send(addressOf(operation, isOperators), {
    method,
    headers: type === undefined ? {} : { 'content-type': type },
    ...(type !== undefined && { body: typeof example === 'string' ? example : JSON.stringify(example) }),
  });
  const text = await response.text();
  if (response.status === 400) return '?';
  if (response.status === 401 && text.includes('"code":"unauthenticated"')) return '0';
  return response.status === 403 ? '-' : '+';
}

/** The operator's people name whose they mean. */
function addressOf({ method, path, parameters }: Operation, isOperators: boolean): string {
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: where, required, schema } of parameters) {
    const date = schema?.format === 'date' ? DATE : undefined;
    const value = PLACES[name] ?? said(schema?.examples?.[0] ?? schema?.enum?.[0] ?? date);
    if (where === 'path') address = address.replace(`{${name}}`, value);
    else if (where === 'query' && required === true) query.set(name, value);
  }
  if (isOperators && method === 'GET' && !path.startsWith('/v1/sign-in')) query.set('biller', 'om-social');
  if (isOperators && path.startsWith('/v1/reconciliations')) query.set('channel', 'bank');
  return `${address}?${query.toString()}`;
}

function said(example: unknown): string {
  return typeof example === 'string' || typeof example === 'number' ? String(example) : 'x';
}
