// Starts the demo agency as a process of its own and stops it again: it stands for a system that is not ours, and a
// person may kill it to see what happens. It ends by itself when we are gone (its channel to us closes).

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { stopProcess } from '../platform/embedded/index.ts';
import type { Log } from '../platform/log.ts';

const PROGRAM = path.join('scripts', 'demo-agency', 'demo-agency.ts');
const PROBE_MS = 1000;
const READY_WITHIN_MS = 10_000;

export interface RunningAgency {
  /** Of the process; undefined when it did not start. */
  readonly pid: number | undefined;
  /** It listens; or it does not, which the log has said. */
  readonly ready: Promise<void>;
  /** One that somebody has started himself goes on. */
  stop(): Promise<void>;
}

/** Started with `npm run demo-agency` and still there: then there is nothing to start. */
export async function agencyAt(url: string, dataDir: string): Promise<{ pid: number } | undefined> {
  const answer = await fetch(`${url}/about`, { signal: AbortSignal.timeout(PROBE_MS) })
    .then((response) => response.json() as Promise<{ dataDir?: unknown; pid?: unknown }>)
    .catch(() => undefined);
  return answer?.dataDir === dataDir && typeof answer.pid === 'number' ? { pid: answer.pid } : undefined;
}

/** `agency.json` is in the data directory. What it says goes into agency.log there. */
export async function runAgency(dataDir: string, url: string, log: Log): Promise<RunningAgency> {
  const other = await agencyAt(url, dataDir);
  if (other !== undefined) return { ...other, ready: Promise.resolve(), stop: async () => undefined };
  const root = findRoot(import.meta.dirname);
  const output = await open(path.join(dataDir, 'agency.log'), 'a', 0o600);
  const child = spawn(process.execPath, [path.join('scripts', 'run.mjs'), PROGRAM, dataDir], {
    cwd: root,
    // In a group of its own: Ctrl-C reaches it through us, when nothing is sent to it any more.
    detached: true,
    stdio: ['ignore', output.fd, output.fd, 'ipc'],
  });
  child.once('spawn', () => void output.close());
  let isStopping = false;
  child.once('error', (error) => log.warn({ err: error }, 'the demo agency could not be started'));
  child.once('exit', (code, signal) => {
    if (isStopping) return;
    log.warn(
      { exit: code ?? signal, output: path.join(dataDir, 'agency.log') },
      `the demo agency has ended and what it has to be told waits; start it again: ${agencyCommand(dataDir)}`,
    );
  });
  return {
    pid: child.pid,
    ready: readiness(child),
    stop: async () => {
      isStopping = true;
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      await stopProcess(child.pid, [
        ['SIGTERM', 5000],
        ['SIGKILL', 5000],
      ]);
    },
  };
}

/** What a person types to start it again. */
export function agencyCommand(dataDir: string): string {
  return dataDir === path.resolve('.wasit')
    ? 'npm run demo-agency'
    : `WASIT_DATA_DIR=${dataDir} npm run demo-agency`;
}

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, READY_WITHIN_MS);
    for (const sign of ['message', 'error', 'exit'])
      child.once(sign, () => {
        clearTimeout(timer);
        resolve();
      });
  });
}

/** Above this file, whether it is the source or part of a bundle. */
function findRoot(from: string): string {
  if (existsSync(path.join(from, PROGRAM))) return from;
  if (path.dirname(from) === from) throw new Error(`${PROGRAM} is missing beside the program`);
  return findRoot(path.dirname(from));
}
