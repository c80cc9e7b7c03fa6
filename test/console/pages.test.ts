// The pages as a server gives them: one shell for every address, files that may be kept for ever, a policy without exceptions;
// and words that are there in all three languages.
import t from 'tap';
import ar from '../../src/console/locales/ar.ts';
import en from '../../src/console/locales/en.ts';
import fr from '../../src/console/locales/fr.ts';
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

t.test('every word is there in every language', (t) => {
  const keys = (words: object, under = ''): string[] =>
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? keys(value, `${under}${key}.`) : [`${under}${key}`],
    );
  t.same(keys(ar).sort(), keys(en).sort());
  t.same(keys(fr).sort(), keys(en).sort());
  const slots = (words: object): string[][] =>
    Object.values(words).flatMap((value: unknown) =>
      typeof value === 'object' && value !== null
        ? slots(value)
        : [(String(value).match(/\{\w+\}/g) ?? []).sort()],
    );
  t.same(slots(ar), slots(en), 'with the same places to fill');
  t.same(slots(fr), slots(en));
  t.end();
});
