// A worker as a child process, to be killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { gatewayEnvironment } from './gateway.ts';
import { nodeArguments } from './node-arguments.ts';
import type { World } from './world.ts';

const program = fileURLToPath(new URL('./run-worker.ts', import.meta.url));

export interface WorkerProcess {
  readonly pid: number;
  /** Ends it; resolves with its exit code when it is gone, null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** `settings`: environment variables. Killed at the end of the test when it still runs. */
export async function startWorkerProcess(
  t: Pick<Test, 'teardown'>,
  world: Pick<World, 'url'>,
  settings: Record<string, string> = {},
): Promise<WorkerProcess> {
  const environment = await gatewayEnvironment(world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8', ...settings });
  const child = spawn(process.execPath, nodeArguments(program), {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  t.teardown(() => end('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the worker ended with ${code ?? signal} before it was ready`)),
    );
  });
  return { pid: child.pid ?? 0, end };
}
