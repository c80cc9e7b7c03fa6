// The command line as a person or a script meets it: a process of its own, nobody at its terminal.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { MASTER_KEY } from './world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type Wasit = (...args: string[]) => Promise<Ran>;

/** `wasit` on this database, in a data directory of its own. */
export async function commandLine(
  t: Pick<Test, 'teardown'>,
  url: string | undefined,
): Promise<{ wasit: Wasit; dir: string }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'wasit-cli-'));
  t.teardown(() => rm(dir, { recursive: true }));
  const env = {
    PATH: process.env['PATH'],
    WASIT_DATA_DIR: dir,
    ...(url !== undefined && { DATABASE_URL: url, WASIT_MASTER_KEY: MASTER_KEY.toString('base64') }),
  };
  const wasit: Wasit = async (...args) => {
    const child = spawn(process.execPath, ['scripts/run.mjs', 'src/cli.ts', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, out, err };
  };
  return { wasit, dir };
}
