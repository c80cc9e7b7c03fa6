// Signing in: what is kept, what ends a session, and that a stranger learns nothing from refusals and pauses.
import t from 'tap';
import { addStaff, disableStaff, setPassword } from '../../src/access/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { Client } from '../support/client.ts';
import { testDatabase } from '../support/database.ts';
import { startTestWorld } from '../support/gateway.ts';
import { PASSWORD, person, session as newSession } from '../support/staff.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

interface Opened {
  readonly token: string;
  readonly expiresAt: string;
  readonly staff: object;
}

t.test('a person signs in, is known by the session, and signs out', async (t) => {
  const world = await startTestWorld(t);
  await person(world.db, 'a.salim', 'approver', { billerCode: 'om-social' });
  const stranger = new Client(world.baseUrl, 'none');
  const opened = await stranger.send<Opened>('POST', '/v1/sessions', {
    login: 'a.salim',
    password: PASSWORD,
  });
  t.match(opened, {
    status: 201,
    body: {
      token: /^wst_[A-Za-z0-9_-]{43}$/,
      staff: { login: 'a.salim', role: 'approver', billerCode: 'om-social', language: 'en' },
    },
  });
  const [session] = await world.db.transaction((tx) =>
    tx.query<{ hours: number; origin: string; kept: string }>(
      `select round(extract(epoch from expires_at - created_at) / 3600)::int as hours, origin, row_to_json(v)::text as kept from staff_session v`,
    ),
  );
  t.match(session, { hours: 12, origin: 'api 127.0.0.1' });
  t.notOk(session?.kept.includes(opened.body?.token ?? '?'), 'the token itself is not kept');
  const me = new Client(world.baseUrl, opened.body?.token ?? '');
  t.match(await me.send('GET', '/v1/sessions/current'), {
    status: 200,
    body: { staff: { login: 'a.salim' } },
  });
  const out = await fetch(`${world.baseUrl}/v1/sessions/current`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${opened.body?.token}` },
  });
  t.equal(out.status, 204);
  t.match(await me.send('GET', '/v1/sessions/current'), { status: 401, code: 'unauthenticated' });
  const audit = await world.db.transaction((tx) =>
    tx.query(
      `select actor, origin, action from audit_log where subject = 'staff/a.salim' order by recorded_at`,
    ),
  );
  t.match(audit, [
    { actor: 'test', origin: 'cli', action: 'staff.add' },
    { actor: 'a.salim', origin: 'api 127.0.0.1', action: 'session.open' },
    { actor: 'a.salim', origin: 'api 127.0.0.1', action: 'session.end' },
  ]);
});

t.test('idle too long, too old, disabled, or given another password: the session has ended', async (t) => {
  const world = await startTestWorld(t);
  await person(world.db, 'one', 'support');
  const works = async (client: Client): Promise<boolean> =>
    (await client.send('GET', '/v1/sessions/current')).status === 200;
  const session = (change: string): Promise<unknown> =>
    world.db.transaction((tx) => tx.query(`update staff_session set ${change}`));
  const enter = async (): Promise<Client> => new Client(world.baseUrl, await newSession(world.db, 'one'));
  const first = await enter();
  await session(`seen_at = clock_timestamp() - interval '29 minutes'`);
  t.ok(await works(first), 'seen 29 minutes ago');
  t.ok(
    (
      await world.db.transaction((tx) =>
        tx.query(`select from staff_session where seen_at > clock_timestamp() - interval '10 seconds'`),
      )
    ).length === 1,
    'each use is noted',
  );
  await session(`seen_at = clock_timestamp() - interval '31 minutes'`);
  t.notOk(await works(first), 'seen 31 minutes ago');
  const second = await enter();
  await session(`expires_at = clock_timestamp()`);
  t.notOk(await works(second), 'twelve hours old');
  const third = await enter();
  t.match(done(await setPassword(world.db, 'one', PASSWORD, ACTOR)), { ended: 1 });
  t.notOk(await works(third), 'another password');
  const fourth = await enter();
  t.match(done(await disableStaff(world.db, 'one', ACTOR)), { ended: 1, changed: true });
  t.notOk(await works(fourth), 'disabled');
  const again = new Client(world.baseUrl, 'none');
  t.match(await again.send('POST', '/v1/sessions', { login: 'one', password: PASSWORD }), {
    code: 'sign-in-refused',
  });
});

t.test(
  'wrong password and unknown login: the same answers, the same pauses, about the same time',
  async (t) => {
    const world = await startTestWorld(t);
    await person(world.db, 'known', 'support');
    const stranger = new Client(world.baseUrl, 'none');
    const attempt = async (login: string, password = 'not the password'): Promise<[string, number]> => {
      const before = process.cpuUsage();
      const { code } = await stranger.send('POST', '/v1/sessions', { login, password });
      const { user, system } = process.cpuUsage(before);
      return [code, user + system];
    };
    // Of this process, in which the gateway runs: however busy the machine is.
    const costs: Record<string, number[]> = { known: [], unknown: [] };
    for (const login of ['known', 'unknown', 'unknown', 'known', 'known', 'unknown', 'known', 'unknown']) {
      const [code, cost] = await attempt(login);
      t.equal(code, 'sign-in-refused');
      costs[login]?.push(cost);
    }
    const least = (login: string): number => Math.min(...(costs[login] ?? []));
    t.ok(least('unknown') > least('known') / 2, 'an unknown login costs a hash too');
    for (const login of ['known', 'unknown']) {
      t.equal((await attempt(login))[0], 'sign-in-refused', 'the fifth');
      t.same(await pauses(world.db), [{ attempts: 5, seconds: 5 }]);
      t.equal((await attempt(login))[0], 'sign-in-paused');
      t.equal((await attempt(login, PASSWORD))[0], 'sign-in-paused', 'also with the right password');
    }
    const paused = await stranger.send('POST', '/v1/sessions', { login: 'unknown', password: 'x' });
    t.ok(Number(paused.headers.get('retry-after')) > 3000, 'says how long');
    const later = (): Promise<unknown> =>
      world.db.transaction((tx) => tx.query(`update sign_in_attempt set locked_until = last_at`));
    await later();
    t.equal((await attempt('known'))[0], 'sign-in-refused', 'the sixth');
    t.same(await pauses(world.db), [{ attempts: 6, seconds: 10 }], 'pauses grow');
    await later();
    t.equal((await attempt('known', PASSWORD))[0], 'ok', 'the right one, after the pause');
    t.equal((await attempt('known'))[0], 'sign-in-refused', 'counted anew');
  },
);

/** The pauses that began since it was last asked; from now on they last an hour, however slow this machine is. */
async function pauses(db: Database): Promise<{ attempts: number; seconds: number }[]> {
  return db.transaction(async (tx) => {
    const begun = await tx.query<{ attempts: number; seconds: number }>(
      `select attempts, extract(epoch from locked_until - last_at)::int as seconds
         from sign_in_attempt where locked_until > last_at and locked_until < last_at + interval '1 minute'`,
    );
    await tx.query(
      `update sign_in_attempt set locked_until = clock_timestamp() + interval '1 hour' where locked_until > last_at`,
    );
    return begun;
  });
}

t.test('guesses at the same instant are counted one by one', async (t) => {
  const world = await startTestWorld(t);
  await person(world.db, 'known', 'support');
  const codes = await Promise.all(
    Array.from({ length: 5 }, async (_, i) => {
      const stranger = new Client(world.baseUrl, 'none');
      return (await stranger.send('POST', '/v1/sessions', { login: 'known', password: `guess ${i}` })).code;
    }),
  );
  t.same([...new Set(codes)], ['sign-in-refused']);
  t.same(await pauses(world.db), [{ attempts: 5, seconds: 5 }]);
  const stranger = new Client(world.baseUrl, 'none');
  const next = await stranger.send('POST', '/v1/sessions', { login: 'known', password: PASSWORD });
  t.match(next.code, /sign-in-paused|too-many-requests/);
});

t.test('a weak password, a role out of place, a login that is taken', async (t) => {
  const world = await startTestWorld(t);
  const add = (change: object): ReturnType<typeof addStaff> =>
    addStaff(world.db, { login: 'x1', name: 'X', role: 'support', password: PASSWORD, ...change }, ACTOR);
  const cases: [object, RegExp][] = [
    [{ password: 'short' }, /12 characters/],
    [{ password: 'ababababababab' }, /different characters/],
    [{ login: 'x.abel', password: 'my login is X.Abel' }, /contain the login/],
    [{ login: 'X 1' }, /no login/],
    ...[...'\u001b\n\r\0\u009b\u202e\u200f\u061c\u200b', '\ud800'].map((bad): [object, RegExp] => [
      { name: `A${bad}B` },
      /nobody sees/,
    ]),
    [{ role: 'king' }, /no role/],
    [{ role: 'approver' }, /name its biller/],
    [{ role: 'support', billerCode: 'om-social' }, /neither/],
    [{ role: 'channel-officer', billerCode: 'om-social' }, /name the channel/],
    [{ role: 'approver', billerCode: 'nobody' }, /no biller nobody/],
    [{ language: 'de' }, /no language/],
  ];
  for (const [change, reason] of cases) t.match(await add(change), { ok: false, reason });
  done(await add({}));
  t.match(await add({}), { ok: false, reason: /is taken/ });
});

t.test('an older hash still opens, and is made anew', async (t) => {
  const { db } = await testDatabase(t);
  const { signIn } = await import('../../src/access/index.ts');
  const tools = { database: db, masterKey: MASTER_KEY, clock: systemClock };
  await person(db, 'old', 'support');
  const { scryptSync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 1);
  const key = scryptSync(PASSWORD, salt, 32, { N: 16_384, r: 8, p: 1 });
  const old = `scrypt$16384$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
  await db.transaction((tx) => tx.query('update staff set password_hash = $1', [old]));
  await signIn(tools, { login: 'old', password: PASSWORD }, { address: '127.0.0.1' });
  const [row] = await db.transaction((tx) =>
    tx.query<{ password_hash: string }>('select password_hash from staff'),
  );
  t.match(row?.password_hash, /^scrypt\$131072\$8\$1\$/);
  await signIn(tools, { login: 'old', password: PASSWORD }, { address: '127.0.0.1' });
});
