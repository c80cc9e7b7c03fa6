// Who is bound to another subject is signed out: the one by whom he was known before is somebody else. And odd callbacks.
import t from 'tap';
import { bindStaff } from '../../src/access/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { Browser, testProvider } from '../support/oidc-provider.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR, done } from '../support/world.ts';

t.test('rebound', async (t) => {
  const world = await testWorld(t);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const provider = await testProvider(t, baseUrl);
  const issuer = provider.settings['WASIT_OIDC_ISSUER'] ?? '';
  await startTestGateway(t, world, { ...provider.settings, WASIT_PORT: String(port) });
  await provider.start();
  await colleague(world.db, baseUrl, 'amal', 'operator-admin');
  const start = `${baseUrl}/v1/sign-in/oidc?return=/console/`;
  done(await bindStaff(world.db, 'amal', { issuer, subject: 'emp-wrong' }, ACTOR));
  const wrong = new Browser();
  await wrong.open(await wrong.signIn(start, 'account=emp-wrong'));
  t.match(await wrong.open(`${baseUrl}/v1/sessions/current`), { status: 200 });
  done(await bindStaff(world.db, 'amal', { issuer, subject: 'emp-right' }, ACTOR));
  t.match(await wrong.open(`${baseUrl}/v1/sessions/current`), { status: 401 }, 'who is bound no more is out');

  for (const query of [
    '',
    '?code=a&code=b',
    '?state=x',
    '?error=access_denied',
    '?code=%00',
    '?iss=https://evil.example&code=x&state=y',
    `?code=${'x'.repeat(5000)}`,
    '?response=eyJ',
    '?error=temporarily_unavailable&state=%ff',
  ]) {
    const browser = new Browser();
    await browser.open(start);
    const { status, location, body } = await browser.open(`${baseUrl}/v1/sign-in/oidc/callback${query}`, {
      accept: '*/*',
    });
    t.comment(query.slice(0, 60), status, location, body['code']);
    t.ok(status < 500 || status === 503, `${query.slice(0, 40)}: ${status}`);
  }
});
