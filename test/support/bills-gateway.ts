// The routes of bills on a small world, with a queue and a worker on the world's own database, so that nothing of
// another test's jobs is met.
import type { Test } from 'tap';
import { billRoutes, openBillFileQueue, sweepBillFiles, workOnBillFiles } from '../../src/bills/index.ts';
import { addKey, Directory, keepGate } from '../../src/channels/index.ts';
import { buildKeyRing, createIdentifier, loadKeys } from '../../src/channels/credentials/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { buildServer, RateBudgets, type Server } from '../../src/platform/http/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { openQueues } from '../../src/platform/queue/index.ts';
import { testWorld } from './database.ts';
import { ACTOR, done, MASTER_KEY, type World } from './world.ts';

export interface BillsGateway extends World {
  readonly baseUrl: string;
  /** What was logged, from `warn` on. */
  readonly lines: readonly Record<string, unknown>[];
  key(code: string): string;
  /** A signing key more for a client. */
  hmacKey(code: string): Promise<{ keyId: string; secret: string }>;
  /** Hands over what waits, as the worker does from time to time. */
  sweep(): Promise<void>;
}

/** `works`: a worker loads the files that come; without it they wait. */
export async function startBillsGateway(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  { works = true } = {},
): Promise<BillsGateway> {
  const world = await testWorld(t);
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    level: 'warn',
    stream: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const directory = await Directory.open(world.db);
  const queues = openQueues({ databaseUrl: world.url, log });
  const billFiles = openBillFileQueue(queues);
  const parts = { database: world.db, billers: () => directory.current.billersById.values(), log };
  if (works) workOnBillFiles(queues, parts);
  let ring = buildKeyRing(await world.db.transaction(loadKeys), MASTER_KEY);
  const app = buildServer({ log, trustProxy: false });
  await app.register(async (api: Server) => {
    keepGate(api, {
      identifier: createIdentifier({ keys: () => ring, clock: systemClock }),
      directory,
      budgets: new RateBudgets(undefined, () => undefined),
      defaultRate: 100_000,
    });
    billRoutes(api, { database: world.db, directory, billFiles, log });
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await app.close();
    await queues.close();
  });
  return {
    ...world,
    baseUrl,
    lines,
    key: (code) => world.keys.get(code) ?? '',
    async hmacKey(code) {
      const { key, shownOnce } = done(
        await addKey(world.db, code, { algorithm: 'hmac-sha256' }, MASTER_KEY, ACTOR),
      );
      ring = buildKeyRing(await world.db.transaction(loadKeys), MASTER_KEY);
      return { keyId: key.keyId, secret: shownOnce ?? '' };
    },
    sweep: () => sweepBillFiles(billFiles, parts),
  };
}
