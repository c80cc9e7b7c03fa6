// Starts a gateway or a worker on a world: its own process, its own ports, the settings of production.

import path from 'node:path';
import { startProgram, type RunningProgram } from './program.ts';
import { benchPort, type BenchServer } from './server.ts';
import type { World } from './world.ts';

export interface RunningGateway extends RunningProgram {
  readonly port: number;
}

/** `settings`: environment variables beyond the addresses, such as WASIT_GROUP_LIMIT. */
export async function runGateway(
  server: BenchServer,
  world: World,
  settings: Record<string, string> = {},
): Promise<RunningGateway> {
  return runServer('./gateway-process.ts', server, world, settings);
}

/** A worker on the same world. */
export function runWorker(server: BenchServer, world: World): Promise<RunningProgram> {
  return runServer('./worker-process.ts', server, world);
}

/** Another server program that takes the gateway's environment. */
export async function runServer(
  file: string,
  server: BenchServer,
  world: World,
  settings: Record<string, string> = {},
): Promise<RunningGateway> {
  const port = await benchPort();
  const program = await startProgram(file, {
    WASIT_PORT: String(port),
    WASIT_METRICS_PORT: String(await benchPort()),
    DATABASE_URL: world.database.url,
    ...(server.redisUrl !== undefined && { REDIS_URL: server.redisUrl }),
    WASIT_MASTER_KEY: world.masterKey,
    WASIT_INSTANCE: `bench-${port}`,
    WASIT_PRIVATE_NETWORKS: '127.0.0.0/8',
    WASIT_DATA_DIR: path.join(server.dir, 'data'),
    BENCH_LOG: path.join(server.dir, `${path.basename(file, '.ts')}-${port}.log`),
    ...settings,
  });
  return { ...program, port };
}
