// A refused sign-in by a provider leads a browser back to this host, whatever path it was to go on to.
import t from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { Browser, testProvider } from '../support/oidc-provider.ts';

t.test('open redirect by a refused sign-in', async (t) => {
  const world = await testWorld(t);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const provider = await testProvider(t, baseUrl);
  await startTestGateway(t, world, { ...provider.settings, WASIT_PORT: String(port) });
  await t.test('provider away: at the start', async (t) => {
    const r = await fetch(`${baseUrl}/v1/sign-in/oidc?return=/.//evil.example/x`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    });
    t.comment(r.status, r.headers.get('location'));
    t.equal(new URL(r.headers.get('location') ?? '', baseUrl).host, new URL(baseUrl).host);
  });
  await provider.start();
  await t.test('provider there: callback without an answer', async (t) => {
    const r = await fetch(`${baseUrl}/v1/sign-in/oidc?return=/.//evil.example/x`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    });
    const cookie = (r.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const c = await fetch(`${baseUrl}/v1/sign-in/oidc/callback`, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie },
    });
    t.comment(c.status, c.headers.get('location'));
    t.equal(new URL(c.headers.get('location') ?? '', baseUrl).host, new URL(baseUrl).host);
  });
  void Browser;
});
