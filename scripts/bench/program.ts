// Runs a program of ours as a process of its own: the gateway, the bare server, the load generator. A server says
// on a line of its standard output that it is ready; all of them end by SIGTERM.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { toClose } from './closing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningProgram {
  readonly pid: number;
  stop(): Promise<void>;
}

/** `file`: below scripts/bench. Resolves when it has printed `ready`; throws when it ends before. */
export async function startProgram(
  file: string,
  env: Record<string, string> = {},
  args: string[] = [],
): Promise<RunningProgram> {
  const child = launch(file, env, args);
  const stop = toClose(() => end(child));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve();
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`${file} ended with ${code ?? signal} before it was ready`)),
    );
  });
  if (child.pid === undefined) throw new Error(`${file} has no process id`);
  return { pid: child.pid, stop };
}

/** Runs a program to its end with `input` as its standard input; its standard output. Throws when it fails. */
export async function runProgram(file: string, input: string): Promise<string> {
  const child = launch(file, {}, []);
  const stop = toClose(() => end(child));
  child.stdin?.end(input);
  if (child.stdout === null) throw new Error('no standard output');
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const [output, [code]] = await Promise.all([text(child.stdout), ended]);
  await stop();
  if (code !== 0) throw new Error(`${file} ended with ${String(code)}`);
  return output;
}

function launch(file: string, env: Record<string, string>, args: string[]): ChildProcess {
  return spawn(
    process.execPath,
    // As `npm start` runs it: bundled.
    ['scripts/run.mjs', `scripts/bench/${path.basename(file)}`, ...args],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
      // An interrupt at the terminal reaches us alone; we stop our programs in turn.
      detached: true,
    },
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}
