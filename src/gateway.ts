// The HTTP process: everything a channel or an agency talks to. Any number of them may run on one database; they
// share nothing but it, and Redis for counting rates.

import { createSecretKey, hkdfSync, randomInt } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { openBusinessDays } from './billers/index.ts';
import { readPayCode } from './bills/index.ts';
import { InquiryBatch, inquiryRoutes, type InquiryTools } from './bills/inquiry/index.ts';
import { Directory, keepGate, type GatekeeperParts } from './channels/index.ts';
import { buildKeyRing, createIdentifier, loadKeys, type KeyRing } from './channels/credentials/index.ts';
import type { Config } from './config.ts';
import { systemClock } from './kernel/clock.ts';
import { Lane, payMetrics, paymentRoutes, receiptRoutes, type PaymentTools } from './payments/index.ts';
import { openDatabase, pendingMigrations, Session, type Database } from './platform/db/index.ts';
import {
  buildServer,
  RateBudgets,
  registerHealth,
  registerOpenapi,
  registerProblemPages,
  type HealthCheck,
  type Server,
} from './platform/http/index.ts';
import type { Log } from './platform/log.ts';
import { countRequests, createRegistry, metricsServer } from './platform/metrics.ts';

export interface GatewayOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly masterKey: Buffer;
  readonly log: Log;
}

export interface Gateway {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Everything that the routes of the API need. */
interface ApiTools {
  readonly gate: GatekeeperParts;
  readonly inquiries: InquiryTools;
  readonly payments: PaymentTools;
  readonly budgets: RateBudgets;
  readonly database: Database;
  readonly health: Readonly<Record<string, HealthCheck>>;
}

const VERSION = '1.0.0';

const TAGS = [
  { name: 'payments', description: 'Channels pay, look up, reverse and cancel.' },
  { name: 'bills', description: 'Channels inquire; agencies present and withdraw what is owed.' },
  { name: 'public', description: 'For anyone who holds a receipt.' },
  { name: 'operations', description: 'For those who run the gateway.' },
];

/** Balance rows are spread over so many lanes; two gateways that draw the same one only wait for each other. */
const BALANCE_LANES = 64;

const REFRESH_MS = 1000;

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, databaseUrl, log } = options;
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-gateway',
  });
  const directory = await Directory.open(database);
  const keys = await followKeys(directory, options);
  for (const biller of directory.current.billersById.values()) await openBusinessDays(database, biller);
  const registry = createRegistry();
  const redis = connectRedis(options);
  const budgets = new RateBudgets(redis, (error) =>
    log.warn({ err: error }, 'Redis is away: rates are counted by each gateway for itself'),
  );
  const sessions = {
    inquiries: new Session(databaseUrl, 'wasit-inquiries'),
    lanes: newSessions(config.lanes, databaseUrl),
  };
  const lane = buildLane(sessions.lanes, directory, database, options, registry);
  const tools = toolsOf({
    options,
    database,
    directory,
    keys,
    budgets,
    inquiries: sessions.inquiries,
    lane,
  });
  const app = await buildApi(tools, log, config, registry);
  const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
  const refreshing = keepFresh(directory, log);
  await app.listen({ host: config.host, port: config.port });
  return {
    baseUrl: `http://${config.host}:${config.port}`,
    async stop() {
      clearInterval(refreshing);
      await app.close();
      budgets.close();
      await Promise.all([
        metrics.close(),
        sessions.inquiries.close(),
        ...sessions.lanes.map((session) => session.close()),
      ]);
      redis?.disconnect();
      await database.close();
    },
  };
}

/** The API as it is, without a database behind it: for the OpenAPI document. Calling a route of it throws. */
export async function describeGateway(log: Log): Promise<Server> {
  return buildApi(undescribed(), log, { trustProxy: false }, createRegistry());
}

async function buildApi(
  tools: ApiTools,
  log: Log,
  config: Pick<Config, 'trustProxy'>,
  registry: Registry,
): Promise<Server> {
  const app = buildServer({
    log,
    trustProxy: config.trustProxy,
    counter: countRequests(registry),
    caller: (request) => request.principal?.code,
  });
  await registerOpenapi(app, { version: VERSION, tags: TAGS });
  await app.register(async (api: Server) => {
    keepGate(api, tools.gate);
    inquiryRoutes(api, tools.inquiries);
    paymentRoutes(api, tools.payments);
  });
  receiptRoutes(app, { database: tools.database, budgets: tools.budgets });
  registerProblemPages(app);
  registerHealth(app, tools.health);
  await app.ready();
  return app;
}

/** Routes keep their tools for later calls, and a gateway that only describes itself is never called. */
function undescribed<T extends object>(): T {
  return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : undescribed<object>()) }) as T;
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

function newSessions(count: number, databaseUrl: string): Session[] {
  return Array.from({ length: count }, (_, i) => new Session(databaseUrl, `wasit-lane-${i}`));
}

function buildLane(sessions: readonly Session[], directory: Directory, database: Database, { config, log }: GatewayOptions, registry: Registry) {
  const first = randomInt(BALANCE_LANES);
  const metrics = payMetrics(registry, () => lane.depth);
  const lane = new Lane({
    tracks: sessions.map((session, i) => ({ session, number: (first + i) % BALANCE_LANES })),
    directory,
    groupLimit: config.groupLimit,
    queueLimit: config.queueLimit,
    deadlineMs: config.deadlineMs,
    openDays: (billerId) => openDaysOf(database, directory, billerId),
    onGroup: metrics.onGroup,
    onFault: (error, commands) => log.error({ err: error, references: commands.map((c) => c.reference) }, 'a payment could not be decided'),
  });
  return { lane, metrics, number: first };
}

async function openDaysOf(database: Database, directory: Directory, billerId: number): Promise<void> {
  const biller = directory.current.billersById.get(billerId);
  if (biller !== undefined) await openBusinessDays(database, biller);
}

interface Parts {
  readonly options: GatewayOptions;
  readonly database: Database;
  readonly directory: Directory;
  readonly keys: () => KeyRing;
  readonly budgets: RateBudgets;
  readonly inquiries: Session;
  readonly lane: ReturnType<typeof buildLane>;
}

function toolsOf({ options, database, directory, keys, budgets, inquiries, lane }: Parts): ApiTools {
  const quoteKey = createSecretKey(
    Buffer.from(hkdfSync('sha256', options.masterKey, '', 'wasit quotes', 32)),
  );
  const membersOf = (billerId: number, code: string) =>
    database.nodeOf(billerId).transaction((tx) => readPayCode(tx, billerId, code));
  return {
    gate: {
      identifier: createIdentifier({ keys, clock: systemClock }),
      directory,
      budgets,
      defaultRate: options.config.rateLimit,
    },
    inquiries: { batch: new InquiryBatch(inquiries), session: inquiries, directory, quoteKey, membersOf },
    payments: {
      database,
      directory,
      quoteKey,
      membersOf,
      // One lane today; where shards carry the tables, one per shard (ADR 3).
      laneOf: () => lane.lane,
      lane: lane.number,
      openDays: (billerId) => openDaysOf(database, directory, billerId),
      onAnswer: lane.metrics.onAnswer,
    },
    budgets,
    database,
    health: {
      database: async () => (await database.transaction((tx) => tx.query('select 1'))).length === 1,
      migrations: async () => (await pendingMigrations(database)).length === 0,
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
