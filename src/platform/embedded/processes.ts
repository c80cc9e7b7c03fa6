// Which servers run in a directory, read from /proc. PostgreSQL and Redis both work in their data directory, so
// "ours" needs no pid file: a pid file lies after kill -9, after a reboot, and when its pid was given to a stranger.
import fs from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Pids of the servers whose working directory is `dir` (a real path), children of such servers left out.
 * A server whose directory was deleted under it counts: it still holds the port.
 */
export async function serversIn(dir: string, program: RegExp): Promise<number[]> {
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = new Map<number, number>();
  await Promise.all(
    pids.map(async (pid) => {
      const cwd = await fs.readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      if (cwd !== dir && cwd !== `${dir} (deleted)`) return;
      const status = await processStatus(pid);
      if (status && program.test(status.name)) found.set(pid, status.parent);
    }),
  );
  return [...found].filter(([, parent]) => !found.has(parent)).map(([pid]) => pid);
}

export interface ProcessStatus {
  name: string;
  parent: number;
  /** Clock ticks from boot to the start of the process: with the pid it names one process for good. */
  startedAt: string;
}

/** Undefined when there is no such process, or only a zombie is left of it. */
export async function processStatus(pid: number): Promise<ProcessStatus | undefined> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const parts = stat && /^\d+ \((.*)\) (\S) (\d+) (.*)$/s.exec(stat);
  if (!parts) return undefined;
  const [, name = '', state = '', parent = '', rest = ''] = parts;
  if (state === 'Z' || state === 'X') return undefined;
  return { name, parent: Number(parent), startedAt: rest.split(' ')[17] ?? '' };
}

/** The command line a process was started with. */
export async function commandLine(pid: number): Promise<string[]> {
  const text = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.split('\0').slice(0, -1);
}

/** Polls until `check` gives something other than undefined; undefined when the time is over. */
export async function waitFor<T>(
  timeoutMs: number,
  check: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const result = await check();
    if (result !== undefined || performance.now() > end) return result;
    await pause(8);
  }
}

/** Sends each signal in turn until the process is gone. Throws when the last one did not help either. */
export async function stopProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, timeoutMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await waitFor(timeoutMs, async () => ((await processStatus(pid)) ? undefined : true))) return;
  }
  throw new Error(`process ${pid} does not stop`);
}
