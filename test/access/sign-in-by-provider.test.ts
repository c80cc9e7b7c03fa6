// Signing in by OpenID Connect, at a provider that is a process of its own.
import t from 'tap';
import { bindStaff, disableStaff } from '../../src/access/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { Browser, testProvider } from '../support/oidc-provider.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, done } from '../support/world.ts';

t.test('people of a provider', async (t) => {
  const world = await testWorld(t);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const provider = await testProvider(t, baseUrl);
  const issuer = provider.settings['WASIT_OIDC_ISSUER'] ?? '';
  await startTestGateway(t, world, {
    ...provider.settings,
    WASIT_PORT: String(port),
    WASIT_SECOND_FACTOR: 'required',
  });
  await colleague(world.db, baseUrl, 'amal', 'operator-admin');
  await colleague(world.db, baseUrl, 'karim', 'support');
  const start = `${baseUrl}/v1/sign-in/oidc?return=/console/settlements`;
  const audited = (action: string): Promise<object[]> =>
    world.db.transaction((tx) =>
      tx.query('select actor, subject, after from audit_log where action = $1 order by recorded_at', [
        action,
      ]),
    );

  await t.test('while the provider is away, and after it has come', async (t) => {
    const browser = new Browser();
    const refused = await browser.open(start, { accept: '*/*' });
    t.match(refused, { status: 503, body: { code: 'sign-in-provider-unavailable' } });
    t.match(refused.headers.get('retry-after'), /^\d+$/);
    t.match(await browser.open(start), {
      status: 303,
      location: `${baseUrl}/console/settlements?problem=sign-in-provider-unavailable`,
    });
    await provider.start();
    t.match(await browser.open(start), { status: 303, location: `${issuer}/auth` });
    t.match(await browser.open(`${baseUrl}/v1/sign-in`, {}), {
      status: 200,
      body: { password: true, oidc: { name: '127.0.0.1' } },
    });
  });

  await t.test('who is not bound is refused, who is comes in, without a second factor of ours', async (t) => {
    const browser = new Browser();
    const back = await browser.signIn(start, 'account=emp-1001');
    t.match(await browser.open(back), {
      status: 303,
      location: `${baseUrl}/console/settlements?problem=sign-in-unbound`,
    });
    t.match(await audited('session.refused'), [{ actor: 'stranger', after: { subject: 'emp-1001' } }]);
    done(await bindStaff(world.db, 'amal', { issuer, subject: 'emp-1001' }, ACTOR));
    const again = new Browser();
    const answered = await again.open(await again.signIn(start, 'account=emp-1001'));
    t.match(answered, { status: 303, location: `${baseUrl}/console/settlements` });
    t.match(
      answered.headers.getSetCookie().join(),
      /wasit_session=wst_[^;]+; Path=\/; HttpOnly; SameSite=Strict/,
    );
    t.match(await again.open(`${baseUrl}/v1/sessions/current`), { body: { staff: { login: 'amal' } } });
    t.match(await again.open(`${baseUrl}/v1/approvals`), { status: 200 });
    t.match(await audited('session.open'), [{ actor: 'amal', after: { way: 'provider' } }]);
  });

  await t.test('an answer counts once, and in the browser that asked', async (t) => {
    const browser = new Browser();
    const back = await browser.signIn(start, 'account=emp-1001');
    const thief = new Browser();
    const program = { accept: 'application/json' };
    t.match(await thief.open(back, program), { status: 401, body: { code: 'sign-in-not-completed' } });
    const other = new Browser();
    await other.open(start);
    t.match(await other.open(back, program), { body: { code: 'sign-in-not-completed' } }, 'another state');
    t.match(await browser.open(back), { status: 303, location: `${baseUrl}/console/settlements` });
    t.match(await browser.open(back), { location: `${baseUrl}/?problem=sign-in-not-completed` }, 'twice');
    const unwilling = new Browser();
    const no = await unwilling.signIn(start, 'no=1');
    t.match(await unwilling.open(no), { location: /settlements\?problem=sign-in-not-completed$/ });
  });

  await t.test('back to paths of this gateway alone', async (t) => {
    for (const bad of ['https://evil.example/', '//evil.example', '/\\evil.example', '/a\tb', 'console'])
      t.match(await new Browser().open(`${baseUrl}/v1/sign-in/oidc?return=${encodeURIComponent(bad)}`), {
        status: 400,
      });
  });

  await t.test('one subject, one person; unbound or disabled he comes in no more', async (t) => {
    const taken = { issuer, subject: 'emp-1001' };
    t.match(await bindStaff(world.db, 'karim', taken, ACTOR), { ok: false, reason: /somebody else/ });
    t.match(await bindStaff(world.db, 'nobody', taken, ACTOR), { ok: false, reason: /nobody with/ });
    t.match(await bindStaff(world.db, 'karim', { issuer, subject: '' }, ACTOR), { ok: false });
    done(await bindStaff(world.db, 'karim', { issuer, subject: 'emp-1002' }, ACTOR));
    done(await disableStaff(world.db, 'karim', ACTOR));
    t.ok(done(await bindStaff(world.db, 'amal', undefined, ACTOR)).ended > 0, 'his sessions end');
    for (const account of ['emp-1001', 'emp-1002']) {
      const browser = new Browser();
      const back = await browser.signIn(start, `account=${account}`);
      t.match(await browser.open(back), { location: /problem=sign-in-unbound$/ });
    }
    t.equal((await audited('staff.bind')).length, 2);
    t.equal((await audited('staff.unbind')).length, 1);
  });
});

t.test('without a provider', async (t) => {
  const world = await testWorld(t);
  const { baseUrl } = await startTestGateway(t, world);
  const browser = new Browser();
  t.match(await browser.open(`${baseUrl}/v1/sign-in`), { body: { password: true, oidc: null } });
  for (const path of ['oidc', 'oidc/callback?code=x'])
    t.match(await browser.open(`${baseUrl}/v1/sign-in/${path}`), {
      status: 404,
      body: { code: 'not-found' },
    });
});
