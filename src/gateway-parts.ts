// What a gateway stands on: its connections to PostgreSQL and Redis, and what it keeps in memory of the configuration.

import { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { openBusinessDays } from './billers/index.ts';
import { Directory } from './channels/index.ts';
import { buildKeyRing, loadKeys, type KeyRing } from './channels/credentials/index.ts';
import type { Config } from './config.ts';
import { openDatabase, Session, type Database } from './platform/db/index.ts';
import { RateBudgets } from './platform/http/index.ts';
import type { Log } from './platform/log.ts';
import { openCaller, type Caller } from './platform/outgoing/index.ts';
import { openQueues, type Queues } from './platform/queue/index.ts';
import { keepServiceCounts } from './settlement/reports/index.ts';

export interface GatewayOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly masterKey: Buffer;
  readonly log: Log;
  /** What the process measures; served by who started it. */
  readonly registry: Registry;
}

/** With a wait for a connection before it still within the ten seconds in which a client is answered. */
const LOCK_WITHIN_MS = 3_000;

export interface GatewayParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly keys: () => KeyRing;
  readonly redis: Redis | undefined;
  readonly queues: Queues;
  readonly budgets: RateBudgets;
  readonly inquiries: Session;
  readonly links: Session;
  readonly feeds: Session;
  readonly caller: Caller;
  /** Aborts when the gateway stops. */
  readonly stopping: AbortController;
  readonly lanes: readonly Session[];
  readonly counting: ReturnType<typeof keepServiceCounts>;
}

export async function openParts(options: GatewayOptions): Promise<GatewayParts> {
  const { config, databaseUrl, redisUrl, log } = options;
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-gateway',
    lockTimeoutMs: LOCK_WITHIN_MS,
  });
  const directory = await Directory.open(database);
  const keys = await followKeys(directory, options);
  for (const biller of directory.current.billersById.values()) await openBusinessDays(database, biller);
  const redis = connectRedis(options);
  const onAway = (error: unknown): void =>
    log.warn({ err: error }, 'Redis is away: rates are counted by each gateway for itself');
  return {
    database,
    directory,
    keys,
    redis,
    queues: openQueues({ redisUrl, databaseUrl, log }),
    budgets: new RateBudgets(redis, onAway),
    inquiries: new Session(databaseUrl, 'wasit-inquiries'),
    links: new Session(databaseUrl, 'wasit-links'),
    feeds: new Session(databaseUrl, 'wasit-feeds'),
    caller: openCaller({ allowedNetworks: config.privateNetworks, connectionsPerOrigin: 64 }),
    stopping: new AbortController(),
    counting: keepServiceCounts(database, log),
    lanes: Array.from({ length: config.lanes }, (_, i) => new Session(databaseUrl, `wasit-lane-${i}`)),
  };
}

/** Keys are read again with every change of the configuration. */
async function followKeys(directory: Directory, { masterKey, log }: GatewayOptions): Promise<() => KeyRing> {
  let ring = buildKeyRing([], masterKey);
  await directory.follow(async (tx) => {
    ring = buildKeyRing(await loadKeys(tx), masterKey);
    for (const { keyId, reason } of ring.unusable) log.error({ keyId, reason }, 'a key cannot be used');
  });
  return () => ring;
}

function connectRedis({ redisUrl, log }: GatewayOptions): Redis | undefined {
  if (redisUrl === undefined) return undefined;
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1000,
  });
  redis.on('error', (error) => log.debug({ err: error }, 'Redis'));
  return redis;
}
