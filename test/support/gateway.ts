// A gateway inside the test's own process, on free ports, closed when the test ends.
import { Writable } from 'node:stream';
import type { Test } from 'tap';
import { readConfig } from '../../src/config.ts';
import { startGateway } from '../../src/gateway.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry, metricsServer } from '../../src/platform/metrics.ts';
import { Client } from './client.ts';
import { testWorld } from './database.ts';
import { MASTER_KEY, type World } from './world.ts';

export interface TestGateway {
  readonly baseUrl: string;
  readonly metricsUrl: string;
  /** What it logged as errors, line by line. */
  readonly faults: readonly string[];
  /** All that it logged, at the level of its settings. */
  readonly logged: readonly string[];
  /** A client of the world by its code: a channel's, or a biller's. */
  client(code: string): Client;
  stop(): Promise<void>;
}

export interface TestWorld extends World, TestGateway {}

/** A database of its own, the world in it, and a gateway on it. `settings`: environment variables. */
export async function startTestWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Record<string, string> = {},
): Promise<TestWorld> {
  const world = await testWorld(t);
  return { ...world, ...(await startTestGateway(t, world, settings)) };
}

export async function startTestGateway(
  t: Pick<Test, 'teardown'>,
  world: World,
  settings: Record<string, string> = {},
): Promise<TestGateway> {
  const config = readConfig(await gatewayEnvironment(world, settings));
  const faults: string[] = [];
  const logged: string[] = [];
  const note = (line: string): void => {
    logged.push(line);
    if (/"level":"(?:error|fatal)"/.test(line)) faults.push(line);
  };
  const log = createLog({
    level: config.logLevel,
    stream: new Writable({ write: (line: Buffer, _, next) => (note(line.toString()), next()) }),
  });
  const registry = createRegistry();
  const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
  const gateway = await startGateway({
    config,
    databaseUrl: config.databaseUrl ?? world.url,
    redisUrl: config.redisUrl,
    masterKey: MASTER_KEY,
    log,
    registry,
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= Promise.all([gateway.stop(), metrics.close()]).then(() => undefined));
  t.teardown(stop);
  const metricsUrl = `http://${config.host}:${config.metricsPort}/metrics`;
  const { baseUrl } = gateway;
  return { baseUrl, metricsUrl, faults, logged, client: clientsOf(world, baseUrl), stop };
}

/** The environment that a gateway on this world needs. */
export async function gatewayEnvironment(
  world: Pick<World, 'url'>,
  settings: Record<string, string>,
): Promise<Record<string, string>> {
  return {
    WASIT_PORT: String(await freePort()),
    WASIT_METRICS_PORT: String(await freePort()),
    DATABASE_URL: world.url,
    WASIT_MASTER_KEY: MASTER_KEY.toString('base64'),
    WASIT_LOG_LEVEL: 'error',
    ...settings,
  };
}

export function clientsOf(world: Pick<World, 'keys'>, baseUrl: string): (code: string) => Client {
  return (code) => {
    const key = world.keys.get(code);
    if (key === undefined) throw new Error(`the world has no client ${code}`);
    return new Client(baseUrl, key);
  };
}
