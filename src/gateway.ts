// The HTTP process: everything a channel or an agency talks to. Any number of them may run on one database; they
// share nothing but it, and Redis for counting rates.

import { createSecretKey, hkdfSync } from 'node:crypto';
import { Provider, sessionOf } from './access/index.ts';
import { allResolutions, approvalKinds } from './approval-kinds.ts';
import { buildApi, type ApiTools } from './api.ts';
import { openBillFileQueue, readPayCodes } from './bills/index.ts';
import { InquiryBatch } from './bills/inquiry/index.ts';
import { AgencyLink, linkMetrics } from './bills/link/index.ts';
import type { Directory } from './channels/index.ts';
import { createIdentifier } from './channels/credentials/index.ts';
import { buildPages } from './console/index.ts';
import { FeedWatch } from './confirmations/index.ts';
import { systemClock } from './kernel/clock.ts';
import { onFirstUse } from './kernel/on-first-use.ts';
import { BankLines, bankLinkMetrics, bookingMetrics } from './mandates/index.ts';
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
import { openParts, type GatewayOptions, type GatewayParts } from './gateway-parts.ts';
import { pendingMigrations, watchTransactions } from './platform/db/index.ts';
import type { Log } from './platform/log.ts';
import { countRequests } from './platform/metrics.ts';
import { openChannelDayQueue } from './reconciliation/channel-days/index.ts';

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

interface PayLane {
  readonly lane: Lane;
  readonly metrics: PayMetrics;
  readonly undo: ReverseTools;
}

function buildLane(
  { lanes, directory, database }: GatewayParts,
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
  { database, links, caller }: GatewayParts,
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

function toolsOf(parts: GatewayParts, pay: PayLane, options: GatewayOptions): ApiTools {
  const { database, directory, keys, budgets, inquiries, queues, feeds, caller, stopping } = parts;
  const { config, masterKey, log } = options;
  const link = linkOf(parts, options);
  const quoteKey = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit quotes', 32)));
  const membersOf: PayTools['membersOf'] = (billerId, codes) =>
    database.nodeOf(billerId).transaction((tx) => readPayCodes(tx, billerId, codes, MOST_BILLS));
  const { onGivenUp } = bookingMetrics(options.registry, database);
  const deciding = { ...pay.undo, link, masterKey, onGivenUp };
  const approvals = { database, kinds: approvalKinds(deciding) };
  const asking = { directory, link, quoteKey, membersOf };
  return {
    gate: {
      identifier: createIdentifier({ keys, clock: systemClock }),
      directory,
      budgets,
      defaultRate: config.rateLimit,
      sessionOf: (token) => sessionOf(database, token),
      secondFactor: config.secondFactor,
    },
    access: {
      database,
      budgets,
      masterKey,
      clock: systemClock,
      secondFactor: config.secondFactor,
      provider: config.oidc && new Provider(config.oidc),
    },
    bills: { database, directory, billFiles: openBillFileQueue(queues), log },
    inquiries: { ...asking, batch: new InquiryBatch(inquiries), session: inquiries },
    // One lane today; where shards carry the tables, one per shard (ADR 3).
    payments: { ...pay.undo, ...asking, laneOf: () => pay.lane, onAnswer: pay.metrics.onAnswer },
    confirmations: {
      database,
      directory,
      masterKey,
      caller,
      allowedNetworks: config.privateNetworks,
      session: feeds,
      watch: new FeedWatch(feeds, log),
      stopping: stopping.signal,
    },
    settlements: { database },
    statements: { database, masterKey },
    channelDays: { database, directory, channelDays: openChannelDayQueue(queues), log },
    approvals,
    disputes: { database, directory },
    mandates: { database, directory, masterKey, approvals, ...collecting(parts, pay, options, link) },
    breaks: { database, resolutions: allResolutions(deciding) },
    reports: { database, directory, counts: parts.counting.counts },
    configuration: { database, masterKey, directory },
    pages: onFirstUse(buildPages),
    health: {
      needed: {
        database: async () => (await database.transaction((tx) => tx.query('select 1'))).length === 1,
        migrations: async () => (await pendingMigrations(database)).length === 0,
      },
      told: { queue: () => queues.isReachable() },
    },
  };
}

/** Debits at the payer's word: his bank is called, and what it says is booked. */
function collecting(
  { database, directory, caller }: GatewayParts,
  { undo }: PayLane,
  { masterKey, log, registry }: GatewayOptions,
  link: AgencyLink,
): Pick<ApiTools['mandates'], 'lines' | 'booking'> {
  const lines = new BankLines({ caller, masterKey, log, metrics: bankLinkMetrics(registry, database) });
  const booking = {
    ...bookingMetrics(registry, database),
    database,
    directory,
    link,
    log,
    openDays: undo.openDays,
  };
  return { lines, booking };
}

function keepFresh(directory: Directory, log: Log): NodeJS.Timeout {
  return setInterval(() => {
    directory
      .refresh()
      .catch((error: unknown) => log.warn({ err: error }, 'the configuration could not be read again'));
  }, REFRESH_MS).unref();
}
