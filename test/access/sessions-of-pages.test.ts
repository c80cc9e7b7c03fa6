// Sessions by cookie: as good as a bearer, no use to another site, seen and ended by their owner alone.
import t from 'tap';
import { endAllSessions } from '../../src/access/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { startTestWorld } from '../support/gateway.ts';
import { Page } from '../support/page.ts';
import { colleague, person, session } from '../support/staff.ts';
import { ACTOR, done } from '../support/world.ts';

const current = '/v1/sessions/current';

t.test('a page signs in, is known by its cookie, and signs out', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  await person(db, 'a.salim', 'approver', { billerCode: 'om-social' });
  const page = new Page(baseUrl);
  const opened = await page.signIn('a.salim');
  t.match(opened, { status: 201, body: { staff: { login: 'a.salim' } } });
  t.notOk('token' in opened.body, 'no token where scripts could read it');
  const [set = ''] = opened.headers.getSetCookie();
  t.match(set, /^wasit_session=wst_[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  t.match(await page.send('GET', current), { status: 200, body: { staff: { login: 'a.salim' } } });
  t.match(await page.send('GET', '/v1/payments?businessDate=2026-11-22'), { status: 200 });
  const { cookie } = page;
  t.match(await page.send('DELETE', current), { status: 204 });
  t.equal(page.cookie, undefined, 'the browser forgets it');
  t.match(await new Page(baseUrl, cookie).send('GET', current), { status: 401, code: 'unauthenticated' });
});

t.test('a change that another site could have sent is refused', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  await colleague(db, baseUrl, 'amal', 'operator-admin');
  const token = await session(db, 'amal');
  const page = new Page(baseUrl, `wasit_session=${token}`);
  const ask = { kind: 'top-up', reference: 'R-1', content: {} };
  for (const [method, path, body] of [
    ['DELETE', current],
    ['POST', '/v1/approvals', ask],
  ] as const) {
    t.match(await page.send(method, path, body, {}), { status: 403, code: 'forbidden' });
    t.match(await page.send(method, path, body, { 'x-wasit-page': '0' }), { code: 'forbidden' });
  }
  t.match(await page.send('GET', current, undefined, {}), { status: 200 }, 'reading needs no header');
  t.match(await page.send('POST', '/v1/approvals', ask), { status: 400 }, 'with it, it is looked at');
  const headers = { authorization: `Bearer ${token}` };
  t.match(await new Page(baseUrl).send('DELETE', current, undefined, headers), { status: 204 }, 'a bearer');
});

t.test('over TLS the cookie stays on TLS; a header says more than a cookie', async (t) => {
  const world = await startTestWorld(t, { WASIT_TRUST_PROXY: 'true' });
  await person(world.db, 'amal', 'support');
  const page = new Page(world.baseUrl);
  const body = { login: 'amal', password: 'a long word of seven stones', cookie: true };
  const sent = await page.send('POST', '/v1/sessions', body, { 'x-forwarded-proto': 'https' });
  t.match(sent.headers.getSetCookie()[0], /; Secure/);
  const headers = { authorization: `Bearer ${world.keys.get('bank') ?? ''}` };
  t.match(await page.send('GET', current, undefined, headers), { code: 'forbidden' }, 'a key is no person');
  for (const cookie of ['wasit_session=', 'wasit_session=wst_x', 'a=b; wasit_session=%']) {
    const stranger = new Page(world.baseUrl, cookie);
    t.match(await stranger.send('GET', current), { status: 401, code: 'unauthenticated' });
  }
  t.match(await new Page(world.baseUrl, `other=1; ${page.cookie ?? ''}`).send('GET', current), {
    status: 200,
  });
});

t.test('a person sees and ends his own sessions, and nobody else’s', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  await person(db, 'amal', 'support');
  await colleague(db, baseUrl, 'karim', 'support');
  const amal = new Page(baseUrl);
  await amal.send(
    'POST',
    '/v1/sessions',
    { login: 'amal', password: 'a long word of seven stones', cookie: true },
    {
      'user-agent': 'x'.repeat(300),
    },
  );
  const lost = new Page(baseUrl, `wasit_session=${await session(db, 'amal')}`);
  const karim = new Page(baseUrl, `wasit_session=${await session(db, 'karim')}`);
  const listed = await amal.send('GET', '/v1/sessions');
  t.match(listed.body, {
    items: [
      { isCurrent: false, address: 'test', userAgent: '' },
      { isCurrent: true, address: '127.0.0.1', userAgent: 'x'.repeat(200), seenAt: /Z$/ },
    ],
    next: null,
  });
  const [his, own] = (listed.body['items'] as { sessionId: string }[]).map(({ sessionId }) => sessionId);
  t.match(await karim.send('DELETE', `/v1/sessions/${his}`), { status: 404, code: 'session-not-found' });
  t.match(await karim.send('DELETE', '/v1/sessions/ses_x'), { status: 404, code: 'session-not-found' });
  t.match(await lost.send('GET', current), { status: 200 }, 'it goes on');
  t.match(await amal.send('DELETE', `/v1/sessions/${his}`), { status: 204 });
  t.match(await lost.send('GET', current), { status: 401 });
  t.match(await amal.send('DELETE', `/v1/sessions/${his}`), { status: 204 }, 'ended once, ended');
  t.equal(((await amal.send('GET', '/v1/sessions')).body['items'] as object[]).length, 1);
  t.match(await amal.send('DELETE', `/v1/sessions/${own}`), { status: 204 });
  t.equal(amal.cookie, undefined);
  t.match(await ended(db, 'amal'), [
    { actor: 'amal', after: { ended: 1, sessionId: his } },
    { actor: 'amal', after: { ended: 0, sessionId: his } },
    { actor: 'amal', after: { ended: 1, sessionId: own } },
  ]);
});

t.test('the operator ends a person’s sessions', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  await colleague(db, baseUrl, 'amal', 'support');
  const page = new Page(baseUrl, `wasit_session=${await session(db, 'amal')}`);
  t.match(done(await endAllSessions(db, 'amal', ACTOR)), { ended: 2 });
  t.match(await page.send('GET', current), { status: 401 });
  t.match(await endAllSessions(db, 'nobody', ACTOR), { ok: false, reason: /nobody with the login/ });
  t.match(await ended(db, 'amal'), [{ actor: 'test', action: 'staff.end-sessions', after: { ended: 2 } }]);
});

function ended(db: Database, login: string): Promise<object[]> {
  return db.transaction((tx) =>
    tx.query(
      `select actor, action, after from audit_log where subject = $1 and action like '%.end%' order by recorded_at`,
      [`staff/${login}`],
    ),
  );
}
