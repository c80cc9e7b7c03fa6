// A gateway and a worker on a small world, and an agency that is told: for the tests of confirmations.
import { Writable } from 'node:stream';
import type { Test } from 'tap';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry } from '../../src/platform/metrics.ts';
import { startWorker } from '../../src/worker.ts';
import { Agency } from './agency.ts';
import { gatewayEnvironment, startTestWorld, type TestWorld } from './gateway.ts';
import { MASTER_KEY } from './world.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

export interface TestWorker {
  readonly registry: ReturnType<typeof createRegistry>;
  stop(): Promise<void>;
}

export async function startTestWorker(
  t: Pick<Test, 'teardown'>,
  world: Pick<TestWorld, 'url'>,
  settings: Record<string, string> = {},
): Promise<TestWorker> {
  const config = readConfig(
    await gatewayEnvironment(world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8', ...settings }),
  );
  const registry = createRegistry();
  const worker = await startWorker({
    config,
    databaseUrl: world.url,
    redisUrl: config.redisUrl,
    masterKey: MASTER_KEY,
    log: createLog({ level: 'error', stream: new Writable({ write: (_, __, next) => next() }) }),
    registry,
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= worker.stop());
  t.teardown(stop);
  return { registry, stop };
}

export interface ConfirmingWorld extends TestWorld {
  readonly agency: Agency;
  /** Sets om-social's webhook. */
  setWebhook(body?: object): Promise<void>;
}

/** The agency of om-social listens; nothing is sent before a worker is started. */
export async function startConfirmingWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Record<string, string> = {},
): Promise<ConfirmingWorld> {
  const agency = await Agency.start(t);
  const world = await startTestWorld(t, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8', ...settings });
  agency.knows(SECRET);
  const setWebhook = async (body: object = {}): Promise<void> => {
    const answer = await world
      .client('om-social')
      .send('PUT', '/v1/webhook', { url: agency.url, secret: SECRET, ...body });
    if (answer.status !== 200) throw new Error(`the webhook was refused: ${answer.text}`);
  };
  return { ...world, agency, setWebhook };
}
