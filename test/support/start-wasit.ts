// The whole installation as `npm start` runs it, embedded servers and demo included, in a directory and on ports of
// its own; and its command line. Both are processes, so nothing of them is shared with the test.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';

const root = path.join(import.meta.dirname, '../..');

export interface RunningWasit {
  readonly baseUrl: string;
  readonly dataDir: string;
  /** Runs `wasit <args>` and gives what it printed; throws when its exit code is not 0. */
  wasit: (...args: string[]) => Promise<string>;
  /** How its process ends, and all that it has said. */
  readonly ended: Promise<{ code: number | null; said: string }>;
}

export async function startWasit(t: Pick<Test, 'teardown'>): Promise<RunningWasit> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-whole-'));
  await fs.chmod(dataDir, 0o711); // the database's account has to reach its data
  const env = {
    ...process.env,
    ...(await ports()),
    WASIT_DATA_DIR: dataDir,
    WASIT_LOOK_EVERY_MS: '500',
    DATABASE_URL: '',
    REDIS_URL: '',
  };
  const run = (file: string, args: string[]) => [path.join(root, 'scripts/run.mjs'), file, ...args];
  const child = spawn(process.execPath, run('src/main.ts', []), {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    await fs.rm(dataDir, { recursive: true, force: true });
  });
  let said = '';
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, said }));
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Wasit is running at')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code, signal) =>
      reject(new Error(`it ended with ${code ?? signal} before it ran: ${said}`)),
    );
  });
  return {
    baseUrl: `http://127.0.0.1:${env.WASIT_PORT}`,
    dataDir,
    ended,
    wasit: async (...args) => {
      const { stdout } = await promisify(execFile)(process.execPath, run('src/wasit.ts', args), {
        cwd: root,
        env,
      });
      return stdout;
    },
  };
}

async function ports() {
  const names = [
    'WASIT_PORT',
    'WASIT_METRICS_PORT',
    'WASIT_PG_PORT',
    'WASIT_REDIS_PORT',
    'WASIT_AGENCY_PORT',
  ] as const;
  const pairs = await Promise.all(names.map(async (name) => [name, String(await freePort())] as const));
  return Object.fromEntries(pairs) as Record<(typeof names)[number], string>;
}
