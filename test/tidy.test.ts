// Style as a test: each ban names what to use instead, and the limits only go down. What eslint, prettier and the
// staircase can say is left to them. No database: `node --import tsx test/tidy.test.ts`.

import fs from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';

const root = path.join(import.meta.dirname, '..');
const LONGEST = 250;
const MEDIAN = 80;
/** Longer than the limit when it was set: only ever less, and struck out at the limit. */
const LONGER = JSON.parse(read('test/longer-files.json')) as Record<string, number>;

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly where: RegExp;
  readonly except?: RegExp;
  readonly instead: string;
}

const CODE = /\.(tsx?|mjs|cjs|js)$/;
/** The injected one; `created` and `webhook-timestamp` of a signature; the seconds of a rate, the time in a request's id; a folder's name. */
const CLOCKS =
  /^src\/(kernel\/clock|channels\/credentials\/sign-request|confirmations\/(delivery\/send|delivery-metrics|try-webhook)|platform\/(http\/(rate-budget|request-id)|embedded\/places))\.ts$/;

const BANS: readonly Ban[] = [
  {
    what: 'a note to oneself',
    pattern: /\b(TODO|FIXME|HACK)\b/,
    where: /./,
    instead: 'the deed, or an issue',
  },
  {
    what: 'the console',
    pattern: /\bconsole\.(log|info|warn|error|debug|trace|dir|table|time|group)\b/,
    where: /^src\//,
    except: /^src\/(cli\.ts|main\.ts|platform\/cli\/|.*commands?\.ts$)/,
    instead: 'platform/log.ts, or print of platform/cli in commands',
  },
  {
    what: 'a type talked away',
    pattern: /\bas any\b|\bas unknown as\b|@ts-(ignore|nocheck|expect-error)/,
    where: CODE,
    instead: 'a check that narrows, or the right type where the value enters',
  },
  {
    what: 'a rule switched off',
    pattern: /eslint-disable|prettier-ignore/,
    where: CODE,
    instead: 'code that the rule accepts, or an exception with its reason in eslint.config.js',
  },
  {
    what: 'money as a float',
    pattern: /\b(Number|parseFloat|parseInt)\([^)]*(minor|amount|money|fee\b|price|balance|commission)/i,
    where: /^(src|test|scripts)\/.*\.ts$/,
    instead: 'bigint minor units, kernel/money.ts',
  },
  {
    what: "the process's own clock",
    pattern: /\bnew Date\(\)|\bDate\.now\(/,
    where: /^src\/.*\.ts$/,
    except: CLOCKS,
    instead:
      'business_now() in SQL for the books, an injected Clock for the rest, performance.now() for timings',
  },
  {
    what: 'a sleep in a test',
    pattern: /\bsetTimeout\b/,
    where: /^test\//,
    except: /^test\/support\//,
    instead: 'waiting for a condition, or an injected clock',
  },
  {
    what: 'a test left out',
    pattern: /\b(t|test)\.(only|skip|todo)\b|\b(skip|todo|only): *(true|['"`])/,
    where: /^test\//,
    instead: 'a test that runs, or none',
  },
  {
    what: "a package registry's host",
    pattern: /\bregistry\.[a-z0-9-]+\.[a-z]{2,}\b|\bnpm[j]s\.(org|com)\b|"resolved": "http/i,
    where: /./,
    instead: 'the name of the package; npm knows where to get it',
  },
];
const BAG_NAME = /^(.*-)?(utils?|helpers?|common|manager|service|misc)$/;

const files = ['src', 'test', 'scripts', 'migrations', 'docs', 'openapi', '.ci', '.']
  .flatMap(filesIn)
  .filter((file) => file !== 'test/tidy.test.ts');
const lines = new Map(files.map((file) => [file, read(file).replace(/\n$/, '').split('\n')]));
const sources = files.filter((file) => /^(src|test|scripts)\/.*\.tsx?$/.test(file));

for (const { what, pattern, where, except, instead } of BANS)
  t.test(`no ${what}: use ${instead}`, async (t) => {
    const judged = [...lines].filter(([file]) => where.test(file) && !except?.test(file));
    for (const [file, text] of judged)
      for (const [i, line] of text.entries())
        if (pattern.test(line)) fault(t, `${file}:${i + 1}: ${line.trim()}`);
  });

t.test('files are named by what they do, never as a bag', async (t) => {
  for (const file of files)
    if (file.split('/').some((step) => BAG_NAME.test(step.replace(/\..*$/, '')))) fault(t, file);
});

t.test('files open by saying what they are for', async (t) => {
  for (const file of sources) if (!/^(\/\/|\/\*|#!)/.test(lines.get(file)?.[0] ?? '')) fault(t, file);
});

t.test(`files are short: ${LONGEST} lines, or fewer than before`, async (t) => {
  const size = (file: string) => lines.get(file)?.length ?? 0;
  for (const file of sources)
    if (size(file) > (LONGER[file] ?? LONGEST)) fault(t, `${file}: ${size(file)} lines`);
  for (const [file, limit] of Object.entries(LONGER))
    if (size(file) <= LONGEST || size(file) < limit - 10) fault(t, `lower ${file} to ${size(file)}`);
  const sizes = sources.filter((file) => file.startsWith('src/')).map(size);
  const median = sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
  t.comment(`${sizes.length} files in src, median ${median} lines, longest ${sizes.at(-1)}`);
  t.ok(median <= MEDIAN, `the median file has at most ${MEDIAN} lines`);
});

t.test('every room has a door and a folder of tests', async (t) => {
  const rooms = new Set(files.flatMap((file) => /^src\/([^/]+)\//.exec(file)?.slice(1) ?? []));
  for (const room of rooms) {
    if (!lines.has(`src/${room}/index.ts`) && !/^(kernel|platform)$/.test(room))
      fault(t, `src/${room}/index.ts is missing`);
    if (!sources.some((file) => file.startsWith(`test/${room}/`))) fault(t, `test/${room}/ is missing`);
  }
});

/** The line says it all: no stack. */
function fault(t: Test, line: string): void {
  t.fail(line, { at: null, stack: '' });
}

/** Relative to the root; of the root itself only what stands directly in it. */
function filesIn(folder: string): string[] {
  const top = folder === '.';
  const found = fs.readdirSync(path.join(root, folder), { withFileTypes: true, recursive: !top });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}
