// The command line as a person or a script meets it: not in the test's process, nobody at its terminal.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { nodeArguments } from './node-arguments.ts';
import type { Answered, Asked } from './run-command-line.ts';
import { MASTER_KEY } from './world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type Wasit = (...args: string[]) => Promise<Ran>;

/**
 * `wasit` on this database, in a data directory of its own: one command after the other in one process, or with `alone`
 * each in its own as it is started by hand.
 */
export async function commandLine(
  t: Pick<Test, 'teardown'>,
  url: string | undefined,
  settings: Readonly<Record<string, string>> = {},
): Promise<{ wasit: Wasit; alone: Wasit; dir: string }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'wasit-cli-'));
  const env = {
    PATH: process.env['PATH'],
    WASIT_DATA_DIR: dir,
    ...settings,
    ...(url !== undefined && { DATABASE_URL: url, WASIT_MASTER_KEY: MASTER_KEY.toString('base64') }),
  };
  const program = path.join(root, 'test/support/run-command-line.ts');
  const child = spawn(process.execPath, nodeArguments(program), {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    }
    await rm(dir, { recursive: true });
  });
  return { wasit: asker(child), alone: (...args) => runAlone(env, args), dir };
}

function asker(child: ChildProcess): Wasit {
  const waiting = new Map<number, { resolve: (ran: Ran) => void; reject: (why: Error) => void }>();
  let asked = 0;
  child.on('message', ({ id, ...ran }: Answered) => {
    waiting.get(id)?.resolve(ran);
    waiting.delete(id);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the process of wasit has ended'));
  });
  return (...args) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send({ id: asked, args } satisfies Asked);
    });
}

async function runAlone(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'src/wasit.ts', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
