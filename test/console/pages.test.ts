// The pages as a server gives them: one shell for every address, files that may be kept for ever, a policy without exceptions;
// and words that are there in all three languages.
import t from 'tap';
import ar from '../../src/console/locales/ar.ts';
import en from '../../src/console/locales/en.ts';
import fr from '../../src/console/locales/fr.ts';
import { KIOSK_WORDS } from '../support/kiosk.ts';
import { startTestWorld } from '../support/gateway.ts';

t.test('one shell for every address of the console', async (t) => {
  const { baseUrl } = await startTestWorld(t);
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${baseUrl}${path}`, { headers, redirect: 'manual' });
  const home = await get('/');
  t.equal(home.headers.get('location'), '/console/');
  for (const path of ['/console/', '/console/approvals/apr_1?x=%3Cscript%3E']) {
    const shell = await get(path, { 'accept-language': 'ar' });
    const text = await shell.text();
    t.equal(shell.status, 200);
    t.match(text, /<html lang="ar" dir="rtl">/);
    t.notMatch(text, 'x=', 'nothing of the address is in it');
    const policy = shell.headers.get('content-security-policy') ?? '';
    t.match(policy, "default-src 'none';script-src 'self';style-src 'self'");
    t.notMatch(policy, /unsafe|\*/);
    t.equal(shell.headers.get('cache-control'), 'no-store');
  }
  const shell = await (await get('/console/')).text();
  const files = [...shell.matchAll(/"(\/pages\/[^"]+)"/g)].map(([, file]) => file ?? '');
  t.ok(files.length >= 2);
  for (const file of files) {
    const answer = await get(file, { 'accept-encoding': 'br' });
    t.equal(answer.status, 200, file);
    t.equal(answer.headers.get('content-encoding'), 'br');
    t.match(answer.headers.get('cache-control'), /immutable/);
  }
  t.equal((await get('/pages/../package.json')).status, 404);
  t.equal((await get('/pages/%2e%2e/%2e%2e/package.json')).status, 404);
});

t.test('the kiosk, and the worker that keeps it', async (t) => {
  const { baseUrl } = await startTestWorld(t);
  const shell = await fetch(`${baseUrl}/kiosk/`);
  t.equal(shell.status, 200);
  t.notMatch(shell.headers.get('content-security-policy') ?? '', /unsafe|\*/);
  const worker = await fetch(`${baseUrl}/kiosk/worker.js`);
  t.match(worker.headers.get('content-type'), 'text/javascript');
  t.equal(worker.headers.get('cache-control'), 'no-cache', 'a newer one is found');
  const script = await worker.text();
  for (const [, file] of (await shell.text()).matchAll(/"(\/pages\/[^"]+)"/g))
    t.ok(script.includes(file ?? ''), `${file} is kept`);
  for (const [, file = ''] of script.matchAll(/"(\/pages\/[^"]+)"/g))
    t.equal((await fetch(`${baseUrl}${file}`)).status, 200, file);
});

t.test('every word is there in every language', (t) => {
  const keys = (words: object, under = ''): string[] =>
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? keys(value, `${under}${key}.`) : [`${under}${key}`],
    );
  const spoken = [{ ar, en, fr }, KIOSK_WORDS];
  for (const words of spoken) {
    t.same(keys(words.ar).sort(), keys(words.en).sort());
    t.same(keys(words.fr).sort(), keys(words.en).sort());
  }
  const slots = (words: object): string[][] =>
    Object.values(words).flatMap((value: unknown) =>
      typeof value === 'object' && value !== null
        ? slots(value)
        : [(String(value).match(/\{\w+\}/g) ?? []).sort()],
    );
  for (const words of spoken) {
    t.same(slots(words.ar), slots(words.en), 'with the same places to fill');
    t.same(slots(words.fr), slots(words.en));
  }
  t.end();
});
