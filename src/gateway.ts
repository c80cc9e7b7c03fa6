// The HTTP process: everything a channel or an agency talks to. Any number of them may run on one database; they
// share nothing but it, and Redis for counting rates.

import { createSecretKey, hkdfSync } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { sessionOf } from './access/index.ts';
import { approvalKinds } from './approval-kinds.ts';
import { buildApi, type ApiTools } from './api.ts';
import { openBusinessDays } from './billers/index.ts';
import { openBillFileQueue, readPayCodes } from './bills/index.ts';
import { InquiryBatch } from './bills/inquiry/index.ts';
import { AgencyLink, linkMetrics } from './bills/link/index.ts';
import { Directory } from './channels/index.ts';
import { buildKeyRing, createIdentifier, loadKeys, type KeyRing } from './channels/credentials/index.ts';
import type { Config } from './config.ts';
import { FeedWatch } from './confirmations/index.ts';
import { systemClock } from './kernel/clock.ts';
import {
  BALANCE_LANES,
  Lane,
  MOST_BILLS,
  payMetrics,
  undoTools,
  type PayMetrics,
  type PayTools,
  type ReverseTools,
} from './payments/index.ts';
import {
  openDatabase,
  pendingMigrations,
  Session,
  watchTransactions,
  type Database,
} from './platform/db/index.ts';
import { RateBudgets } from './platform/http/index.ts';
import type { Log } from './platform/log.ts';
import { countRequests } from './platform/metrics.ts';
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

export interface Gateway {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

const REFRESH_MS = 1000;

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log, registry } = options;
  const parts = await openParts(options);
  watchTransactions(registry, parts.database);
  const lane = buildLane(parts, options);
  const counter = countRequests(registry);
  const app = await buildApi(toolsOf(parts, lane, options), { log, trustProxy: config.trustProxy, counter });
  const refreshing = keepFresh(parts.directory, log);
  const stop = async (): Promise<void> => {
    clearInterval(refreshing);
    parts.stopping.abort();
    await app.close();
    await parts.counting.stop();
    await Promise.all([
      parts.queues.close(),
      parts.inquiries.close(),
      parts.links.close(),
      parts.feeds.close(),
      parts.caller.close(),
      ...parts.lanes.map((one) => one.close()),
    ]);
    parts.budgets.close();
    parts.redis?.disconnect();
    await parts.database.close();
  };
  await app.listen({ host: config.host, port: config.port }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { baseUrl: `http://${config.host}:${config.port}`, stop };
}

interface Parts {
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
  readonly stopping: AbortController;
  readonly lanes: readonly Session[];
  readonly counting: ReturnType<typeof keepServiceCounts>;
}

async function openParts(options: GatewayOptions): Promise<Parts> {
  const { config, databaseUrl, redisUrl, log } = options;
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-gateway',
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

interface PayLane {
  readonly lane: Lane;
  readonly metrics: PayMetrics;
  readonly undo: ReverseTools;
}

function buildLane(
  { lanes, directory, database }: Parts,
  { config, log, registry }: GatewayOptions,
): PayLane {
  const undo = undoTools(database, directory);
  const metrics = payMetrics(registry, () => lane.depth);
  const lane = new Lane({
    tracks: lanes.map((session, i) => ({ session, number: (undo.lane + i) % BALANCE_LANES })),
    directory,
    groupLimit: config.groupLimit,
    queueLimit: config.queueLimit,
    deadlineMs: config.deadlineMs,
    openDays: undo.openDays,
    onGroup: metrics.onGroup,
    onFault: (error, commands) =>
      log.error(
        { err: error, references: commands.map((c) => c.reference) },
        'a payment could not be decided',
      ),
  });
  return { lane, metrics, undo };
}

function linkOf(
  { database, links, caller }: Parts,
  { masterKey, log, registry }: GatewayOptions,
): AgencyLink {
  const link: AgencyLink = new AgencyLink({
    database,
    session: links,
    caller,
    masterKey,
    log,
    metrics: linkMetrics(registry, () => link.circuits()),
  });
  return link;
}

function toolsOf(parts: Parts, pay: PayLane, options: GatewayOptions): ApiTools {
  const { database, directory, keys, budgets, inquiries, queues, feeds, caller, stopping } = parts;
  const { config, masterKey, log } = options;
  const link = linkOf(parts, options);
  const quoteKey = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit quotes', 32)));
  const membersOf: PayTools['membersOf'] = (billerId, codes) =>
    database.nodeOf(billerId).transaction((tx) => readPayCodes(tx, billerId, codes, MOST_BILLS));
  const asking = { directory, link, quoteKey, membersOf };
  return {
    gate: {
      identifier: createIdentifier({ keys, clock: systemClock }),
      directory,
      budgets,
      defaultRate: config.rateLimit,
      personOf: async (token) => (await sessionOf(database, token))?.person,
    },
    bills: { database, directory, billFiles: openBillFileQueue(queues), log },
    inquiries: { ...asking, batch: new InquiryBatch(inquiries), session: inquiries },
    // One lane today; where shards carry the tables, one per shard (ADR 3).
    payments: { ...pay.undo, ...asking, laneOf: () => pay.lane, onAnswer: pay.metrics.onAnswer },
    confirmations: {
      database,
      masterKey,
      caller,
      allowedNetworks: config.privateNetworks,
      session: feeds,
      watch: new FeedWatch(feeds, log),
      stopping: stopping.signal,
    },
    settlements: { database },
    approvals: { database, kinds: approvalKinds() },
    reports: { database, directory, counts: parts.counting.counts },
    health: {
      needed: {
        database: async () => (await database.transaction((tx) => tx.query('select 1'))).length === 1,
        migrations: async () => (await pendingMigrations(database)).length === 0,
      },
      told: { queue: () => queues.isReachable() },
    },
  };
}

function keepFresh(directory: Directory, log: Log): NodeJS.Timeout {
  return setInterval(() => {
    directory
      .refresh()
      .catch((error: unknown) => log.warn({ err: error }, 'the configuration could not be read again'));
  }, REFRESH_MS).unref();
}
