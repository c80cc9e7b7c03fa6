// What PostgreSQL keeps in no text (U+0000) and UTF-8 has no bytes for (half of a surrogate pair), put into every string of
// every request that the API's description gives as an example, and of every kind of request for approval: whoever calls,
// the gateway says no and does not fail.
import t from 'tap';
import { setUnits } from '../../src/billers/index.ts';
import { accept, ask, attachFile, idOf } from '../support/approvals.ts';
import { bill } from '../support/client.ts';
import { readOperations, type Operation, type Schema } from '../support/fuzz/operations.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { ACTOR, addBills, done } from '../support/world.ts';

const UNKEPT = ['\0', '\ud800'];
const AT_ONCE = 8;

const IBAN = 'OM810180000001299123456';
const OMR = { value: '1.000', currency: 'OMR' };
const refund = { payerId: '', amount: OMR, holder: 'Salim Al Harthy', accountNumber: IBAN };
const correction = { amount: OMR, against: 'fees', reason: 'found out' };
/** Contents that can be asked for in the test's world. */
const SOUND: readonly (readonly [kind: string, content: object])[] = [
  ['top-up', { channelCode: 'agent', amount: OMR }],
  ['credit-apply', { payerId: '', amount: OMR, billNumber: 'B-2' }],
  ['credit-remit', { payerId: '', amount: OMR, reason: 'his' }],
  ['credit-refund', refund],
  ['adjustment', { ...correction, unit: 'muscat', budgetLine: '70/1201', channelCode: 'bank' }],
];
/** And those that name what is not there. */
const CONTENTS: typeof SOUND = [
  ...SOUND,
  ['top-up', { channelCode: 'agent', amount: OMR, account: 'main' }],
  ['credit-apply', { payerId: 'E-1', amount: OMR, billNumber: 'B-3' }],
  ['credit-refund', { ...refund, payFrom: 'main' }],
  ['adjustment', { ...correction, paymentId: 'pay_nonsense', service: 'none' }],
];

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly type?: string;
  readonly body?: string | Buffer;
}

t.test('no string that the database cannot keep is a fault of the gateway', async (t) => {
  const world = await startTestWorld(t);
  const { baseUrl } = world;
  const { tokens, known } = await prepare(world);
  const operations = readOperations();
  const requests = [
    ...operations.flatMap((operation) => spoiled(operation, known)),
    ...CONTENTS.flatMap(([kind, content]) =>
      ['POST /v1/approvals', `PUT /v1/approvals/${known['approvalId']}`].flatMap((place) => {
        const [method = '', target = ''] = place.split(' ');
        const rest = method === 'POST' ? { kind, reference: 'R-1', billerCode: 'om-social' } : {};
        return variants({ ...rest, content }).map((body): Sent => ({
          method,
          target,
          type: 'application/json',
          body: JSON.stringify(body),
        }));
      }),
    ),
  ];
  t.ok(requests.length > operations.length * 2, 'there are strings to spoil');
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  const waiting = requests.flatMap((request) => tokens.map((token) => ({ request, token })));
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { method, target, type, body } = next.request;
      const answer = await fetch(baseUrl + target, {
        method,
        headers: {
          authorization: `Bearer ${next.token}`,
          ...(type !== undefined && { 'content-type': type }),
        },
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      // Guessing passwords is slowed down; everything else is to be looked at.
      if (!/^\/v1\/(sessions|sign-in)/.test(target))
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (answer.status >= 500) faults.push(`${answer.status} ${method} ${target} ${String(body)} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  t.same(faults, []);
  t.equal(statuses[429], undefined, 'all of them were looked at');
  t.comment(JSON.stringify(statuses));
});

/** Something to be looked up behind every parameter, so that requests reach beyond the first check. */
async function prepare(world: TestWorld): Promise<{ tokens: string[]; known: Record<string, string> }> {
  const { db, baseUrl, keys } = world;
  await addBills(db, 'om', [
    { number: 'B-1', amount: '10.000' },
    { number: 'B-2', amount: '10.000' },
  ]);
  done(await setUnits(db, 'om-social', [{ code: 'muscat', name: { en: 'Muscat' } }], ACTOR));
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  const second = await colleague(db, baseUrl, 'second', 'operator-admin');
  await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const paid = await world.client('bank').pay({ bills: [bill('B-1', '10.000')] });
  await world.client('bank').pay({ bills: [bill('NOBODYS', '40.000')], cashHeld: true });
  for (const [kind, sound] of SOUND) await idOf(ask(admin, kind, sound, { billerCode: 'om-social' }));
  const content = { channelCode: 'agent', amount: OMR };
  await accept(second, await idOf(ask(admin, 'top-up', content)));
  const approvalId = await idOf(ask(admin, 'top-up', content));
  const token = await session(db, 'admin');
  const attached = (await (await attachFile(baseUrl, token, approvalId)).json()) as { attachmentId: string };
  await second.send('POST', `/v1/approvals/${approvalId}/return`, { comment: 'which?' });
  const known = {
    approvalId,
    attachmentId: attached.attachmentId,
    paymentId: paid.body?.paymentId ?? '',
    billNumber: 'B-1',
    payerId: 'E-1',
    biller: 'om-social',
  };
  const clients = ['bank', 'om-social'].map((code) => keys.get(code) ?? '');
  return { tokens: [...clients, token, await session(db, 'officer')], known };
}

/** The requests of an operation with one string spoiled in each. */
function spoiled(operation: Operation, known: Readonly<Record<string, string>>): Sent[] {
  const { method, parameters, bodies } = operation;
  const valueOf = (name: string, schema: Schema = {}): string =>
    known[name] ??
    [schema.examples?.[0], schema.enum?.[0]].find((each) => typeof each === 'string') ??
    (schema.format === 'date' ? '2026-11-22' : 'x');
  const asked = parameters.filter((each) => each.in === 'query');
  const targetWith = (name?: string, text = ''): string => {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, each: string) =>
      each === name
        ? text
        : encodeURIComponent(valueOf(each, parameters.find((one) => one.name === each)?.schema)),
    );
    const query = asked
      .filter((each) => each.required === true && each.name !== name)
      .map((each) => `${each.name}=${encodeURIComponent(valueOf(each.name, each.schema))}`);
    const isInPath = operation.path.includes(`{${name}}`);
    if (name !== undefined && !isInPath) query.push(`${name}=${text}`);
    return query.length === 0 ? path : `${path}?${query.join('&')}`;
  };
  const [[type, media] = []] = Object.entries(bodies);
  const sound = bodyOf(media?.example);
  const withBody = (target: string, body: Sent['body']): Sent => ({
    method,
    target,
    ...(type !== undefined && body !== undefined && { type, body }),
  });
  // Everywhere the operator's people may say whose they read.
  const names = new Set([...parameters.map(({ name }) => name), ...(method === 'GET' ? ['biller'] : [])]);
  const inTargets = [...names].flatMap((name) => {
    const value = valueOf(name, parameters.find((each) => each.name === name)?.schema);
    // Half of a pair has no bytes; these are what it would have.
    return ['%00', '%ED%A0%80'].map((bad) =>
      withBody(
        targetWith(name, encodeURIComponent(value.slice(0, 1)) + bad + encodeURIComponent(value.slice(1))),
        sound,
      ),
    );
  });
  const inBodies =
    typeof media?.example === 'string'
      ? [Buffer.from([0]), Buffer.from([0xed, 0xa0, 0x80])].map((bad) =>
          withinFile(media.example as string, bad),
        )
      : variants(media?.example).map((body) => JSON.stringify(body));
  return [...inTargets, ...inBodies.map((body) => withBody(targetWith(), body))];
}

function bodyOf(example: unknown): string | undefined {
  return example === undefined || typeof example === 'string' ? example : JSON.stringify(example);
}

function withinFile(example: string, bad: Buffer): Buffer {
  const half = Buffer.from(example).subarray(0, example.length >> 1);
  return Buffer.concat([half, bad, Buffer.from(example).subarray(half.length)]);
}

/** Copies of a value, each with one of its strings spoiled; names of fields are strings as well. */
function variants(value: unknown): unknown[] {
  if (typeof value === 'string') return UNKEPT.map((bad) => value.slice(0, 1) + bad + value.slice(1));
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, at) => variants(each).map((bad) => value.with(at, bad) as unknown));
  const fields = Object.entries(value);
  const named = UNKEPT.map((bad) => ({ ...value, [`a${bad}`]: 'x' }));
  return [
    ...named,
    ...fields.flatMap(([name, inner]) => variants(inner).map((bad) => ({ ...value, [name]: bad }))),
  ];
}
