// `npm run check [-- names…]`: everything about the tree that can be judged without running the product. One line for
// each check, with its output where it failed; exit 1 when any did. As many at once as there are cores.

import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.join(import.meta.dirname, '..');
const tool = (file: string, ...args: string[]) => [path.join('node_modules', file), ...args];
const script = (file: string, ...args: string[]) => ['--import', 'tsx', file, ...args];

/** The longest first, so that they do not end alone. */
const CHECKS: Record<string, string[]> = {
  lint: tool('eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  format: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  imports: tool('dependency-cruiser/bin/dependency-cruise.mjs', 'src'),
  types: tool('typescript7/bin/tsc', '-p', '.'),
  'types of pages': tool('typescript7/bin/tsc', '-p', 'src/console/web'),
  'api document': script('scripts/openapi.ts', '--check'),
  'api lint': tool('@redocly/cli/bin/cli.js', 'lint'),
  schema: script('scripts/schema.ts', '--check'),
  tidy: tool('.bin/tap', 'run', 'test/tidy.test.ts'),
  samples: script('scripts/samples.ts'),
  licences: script('scripts/licences.ts'),
};

/** What they say belongs to the verdict also when they pass. */
const NOTES: Record<string, true> = { samples: true };

/** Redocly asks a server for a newer version and reports its use unless it is told not to. */
const env = {
  ...process.env,
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NO_COLOR: '1',
};

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    waiting.length = 0;
    for (const child of running) child.kill(signal);
  });

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in CHECKS));
if (unknown.length > 0)
  throw new Error(`no check ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}`);

const failed: string[] = [];
const waiting = Object.entries(CHECKS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), 4) }, worker));
console.log(failed.length === 0 ? 'every check passed' : `FAILED: ${failed.join(', ')}`);
if (failed.length > 0) process.exitCode = 1;

async function worker(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(...next);
}

async function check(name: string, args: string[]): Promise<void> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise<boolean>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
  const [output, errors, passed] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  running.delete(child);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const note = passed && name in NOTES ? ` (${output.trim()})` : '';
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} ${seconds} s${note}`);
  if (passed) return;
  failed.push(name);
  console.log(`${output}${errors}`.trimEnd().replace(/^/gm, '    '));
}
