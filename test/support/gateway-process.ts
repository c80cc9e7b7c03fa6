// A gateway as a child process: for two at once on one database, and for being killed. Started again it takes the
// same address, so that its clients need not be told.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from './client.ts';
import { clientsOf, gatewayEnvironment } from './gateway.ts';
import { nodeArguments } from './node-arguments.ts';
import type { World } from './world.ts';

const program = fileURLToPath(new URL('./run-gateway.ts', import.meta.url));

export interface GatewayProcess {
  readonly baseUrl: string;
  readonly metricsUrl: string;
  client(code: string): Client;
  /** Ends it at once; resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again after its end. */
  start(): Promise<void>;
}

/** `settings`: environment variables. Whoever starts it stops it, or passes a test that will. */
export async function startGatewayProcess(
  world: Pick<World, 'url' | 'keys'>,
  {
    settings = {},
    teardown,
  }: { settings?: Record<string, string>; teardown?: (stop: () => Promise<void>) => void } = {},
): Promise<GatewayProcess> {
  const environment = await gatewayEnvironment(world, settings);
  const baseUrl = `http://127.0.0.1:${environment['WASIT_PORT']}`;
  let child: ChildProcess | undefined;
  const gateway: GatewayProcess = {
    baseUrl,
    metricsUrl: `http://127.0.0.1:${environment['WASIT_METRICS_PORT']}/metrics`,
    client: clientsOf(world, baseUrl),
    async kill(signal = 'SIGKILL') {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
    async start() {
      child = await launch(environment);
    },
  };
  teardown?.(() => gateway.kill('SIGTERM'));
  await gateway.start();
  return gateway;
}

async function launch(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, nodeArguments(program), {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the gateway ended with ${code ?? signal} before it was ready`)),
    );
  });
  return child;
}
