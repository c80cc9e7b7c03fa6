// The page for agencies' engineers holds the samples as they are, the TypeScript one tells genuine requests from others,
// and its links lead somewhere. PHP and Java are run by `npm run check -- samples`.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { isFromWasit } from '../../docs/samples/verify.ts';
import { webhookCases } from '../support/webhook-cases.ts';

const docs = path.join(import.meta.dirname, '../../docs');
const page = readFileSync(path.join(docs, 'receive-confirmations.md'), 'utf8');

t.test('the page holds every sample, byte for byte', async (t) => {
  const samples = readdirSync(path.join(docs, 'samples'));
  t.same(samples.sort(), ['Verify.java', 'verify.php', 'verify.ts']);
  for (const name of samples) {
    const source = readFileSync(path.join(docs, 'samples', name), 'utf8').trimEnd();
    const language = path.extname(name).slice(1);
    t.ok(page.includes(`\n\`\`\`${language}\n${source}\n\`\`\`\n`), name);
  }
});

t.test('the TypeScript sample tells genuine requests from others', async (t) => {
  for (const { name, isGenuine, secret, headers, body } of webhookCases())
    t.equal(isFromWasit(secret, { ...headers }, Buffer.from(body)), isGenuine, name);
  t.equal(isFromWasit('whsec_AAAA', {}, Buffer.from('')), false, 'no headers at all');
});

t.test('its links lead to files that are there', async (t) => {
  const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  for (const link of links.filter((each) => !/^https?:/.test(each)))
    t.ok(existsSync(path.join(docs, link)), link);
});
