// What is printed is the same whatever was printed before it, and keeps within its columns.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { printPdf, type PrintedDocument } from '../../src/platform/files/index.ts';
import { brokenAt, directionOf, lengthOf, printable } from '../../src/platform/files/print-text.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import { aPage } from './a-page.ts';

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

t.test('a document has the same bytes after others, beside others, and alone', async (t) => {
  // Its letters are built of parts that stand for letters themselves in the other one.
  const before: PrintedDocument = { ...aPage, title: 'فاتورة ثانية', party: 'مؤسسة تجارية', blocks: [] };
  await printPdf(before);
  const [one, two] = await Promise.all([printPdf(aPage), printPdf(aPage), printPdf(before)]);
  t.equal(digest(one), digest(two));
  t.equal(digest(one), await printedElsewhere());
});

t.test('a document that cannot be set stops no other', async (t) => {
  const faulty: PrintedDocument = {
    ...aPage,
    pageOf: () => {
      throw new Error('no page');
    },
  };
  await t.rejects(printPdf(faulty), { message: 'no page' });
  t.equal((await printPdf(aPage)).subarray(0, 5).toString(), '%PDF-');
});

t.test('a name reads in the direction of its first letter', async (t) => {
  t.equal(directionOf('شركة الخليج (Gulf LLC)'), 'rtl');
  t.equal(directionOf('SPA – الفرع الجهوي'), 'ltr');
  t.equal(directionOf('2026 شركة'), 'rtl');
  t.equal(directionOf('12/2026'), 'ltr');
});

t.test(
  'marks that would be drawn in the wrong place, and signs that have no form, are left out',
  async (t) => {
    t.equal(printable('المحصّل مدفوعًا'), 'المحصل مدفوعا');
    t.equal(printable('e\u0301te\u0301\u200f \u2067x\u2069\ty'), 'été x y');
  },
);

t.test('no word is longer than its column, and nothing of it is lost', async (t) => {
  const code = `${'LONG-0017-ENGAGEMENT'.repeat(3)}/2026.11`;
  const lines = brokenAt(code, 60, 8.5).split('\n');
  t.equal(lines.join(''), code);
  for (const line of lines) t.ok(lengthOf(line, 8.5) <= 60, line);
  t.equal(brokenAt('OM-2026-000001', 100, 8.5), 'OM-2026-000001');
  t.equal(brokenAt('WWWW', 1, 8.5), 'W\nW\nW\nW', 'a letter always fits');
});

const elsewhere = fileURLToPath(new URL('./run-print.ts', import.meta.url));

async function printedElsewhere(): Promise<string> {
  const child = spawn(process.execPath, nodeArguments(elsewhere), {
    env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ar_OM.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}
