// The process that works behind the gateways: it tells agencies and payers what happened, loads bill files, keeps
// business days open ahead, and sweeps up what a queue or a killed process left behind. Any number may run on one
// database.

import path from 'node:path';
import { openBusinessDays } from './billers/index.ts';
import { openBillFileQueue, sweepBillFiles, workOnBillFiles, type BillFileJobParts } from './bills/index.ts';
import { AgencyLink, linkMetrics } from './bills/link/index.ts';
import { Directory } from './channels/index.ts';
import { startRelay } from './confirmations/index.ts';
import { messageMetrics, openMessages, openProviders } from './confirmations/messages/index.ts';
import { debitWriter, orderWriter, readStatementFile } from './dialects/index.ts';
import type { GatewayOptions } from './gateway-parts.ts';
import { orderKinds, readBankAnswer } from './order-kinds.ts';
import { orderMetrics } from './orders/index.ts';
import { creditMetrics } from './payments/credit/index.ts';
import { undoTools } from './payments/index.ts';
import { breakMetrics } from './reconciliation/breaks/index.ts';
import { disputeMetrics } from './reconciliation/disputes/index.ts';
import { openDatabase, Session, type Database } from './platform/db/index.ts';
import { openCaller, type Caller } from './platform/outgoing/index.ts';
import { openQueues, type Queues } from './platform/queue/index.ts';
import { Rounds } from './platform/rounds.ts';
import { keepHeapSmall } from './platform/small-heap.ts';
import {
  channelDayMetrics,
  openChannelDayQueue,
  sweepChannelDays,
  workOnChannelDays,
  type ChannelDayParts,
} from './reconciliation/channel-days/index.ts';
import { bankAccountMetrics } from './reconciliation/bank-accounts/index.ts';
import { positionMetrics, positionSweep } from './reconciliation/position/index.ts';
import { placeDeposits } from './reconciliation/deposits/index.ts';
import {
  creditsOf,
  sweepPickUps,
  sweepStatements,
  type StatementJobParts,
} from './reconciliation/statements/index.ts';
import { closeMetrics, openCloseQueue, closeSweep, workOnCloses } from './settlement/index.ts';
import { bookingMetrics } from './mandates/index.ts';
import { debitsInRounds, orderInRounds } from './worker-debits.ts';
import { remittanceMetrics } from './settlement/remittances/index.ts';
import { openDocumentQueue, sweepDocuments, workOnDocuments } from './settlement/documents/index.ts';
import { tallyPaid } from './desk/today/index.ts';
import { tallyConfirmations } from './settlement/reports/index.ts';

export type WorkerOptions = GatewayOptions;

const OPEN_DAYS_MS = 3_600_000;
/** How often what was paid is added up for those who watch the day. */
const TALLY_MS = 1_000;
/** How often banks' folders at SFTP are looked into. */
const PICK_UP_MS = 120_000;

export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { config, databaseUrl, redisUrl, masterKey, log } = options;
  keepHeapSmall();
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-worker',
  });
  const directory = await Directory.open(database);
  registerMetrics(options, database);
  const queues = openQueues({ redisUrl, databaseUrl, log });
  const files = openBillFileQueue(queues);
  const parts: BillFileJobParts = { database, billers: () => directory.current.billersById.values(), log };
  workOnBillFiles(queues, parts);
  const closing = { ...parts, metrics: closeMetrics(options.registry, database) };
  workOnCloses(queues, closing);
  const documents = openDocumentQueue(queues);
  workOnDocuments(queues, parts);
  // Many agencies may be hosted at one origin: one that hangs keeps its own connections and not the others'.
  const caller = openCaller({ allowedNetworks: config.privateNetworks, connectionsPerOrigin: 1024 });
  const telling = await startTelling(options, { database, directory, queues, caller });
  const links = new Session(databaseUrl, 'wasit-links');
  const rounds = new Rounds(log, config.lookEveryMs);
  rounds.often(async () => {
    await directory.refresh();
    await sweepBillFiles(files, parts);
    await telling.sweep();
  });
  rounds.often(closeSweep(openCloseQueue(queues), closing));
  const banking = {
    database,
    log,
    masterKey,
    dataDir: config.dataDir,
    quietMs: config.lookEveryMs,
    writer: orderWriter,
    kinds: orderKinds,
    reader: readBankAnswer,
  };
  const ordering = { ...banking, directory, debitWriter, signal: rounds.signal };
  orderInRounds({ ...ordering, ...bookingMetrics(options.registry, database) }, rounds);
  rounds.often(() => sweepDocuments(documents, parts));
  rounds.often(() => tallyConfirmations(database, parts.billers()));
  rounds.every(TALLY_MS, () => tallyPaid(database, rounds.signal));
  matchChannelDays(options, queues, parts, rounds);
  rounds.often(positionSweep({ ...parts, log, revision: () => directory.current.revision }));
  const link = linkOf(options, { database, session: links, caller });
  readStatements({ ...banking, reader: readStatementFile, signal: rounds.signal }, directory, {
    link,
    rounds,
  });
  debitsInRounds(options, { database, directory, link, caller }, rounds);
  rounds.every(OPEN_DAYS_MS, () => openAllDays(database, directory));
  return {
    async stop() {
      await Promise.all([rounds.stop(), telling.stop()]);
      await queues.close();
      await links.close();
      await database.close();
    },
  };
}

async function openAllDays(database: Database, { current }: Directory): Promise<void> {
  for (const biller of current.billersById.values()) await openBusinessDays(database, biller);
}

function registerMetrics({ registry }: WorkerOptions, database: Database): void {
  for (const register of [
    bankAccountMetrics,
    breakMetrics,
    creditMetrics,
    disputeMetrics,
    orderMetrics,
    positionMetrics,
    remittanceMetrics,
  ])
    register(registry, database);
}

/** Agencies are asked for bills that deposits are to pay, as the gateway asks before a payment. */
function linkOf(
  { masterKey, log, registry }: WorkerOptions,
  parts: { database: Database; session: Session; caller: Caller },
): AgencyLink {
  const metrics = linkMetrics(registry, () => link.circuits());
  const link: AgencyLink = new AgencyLink({ ...parts, masterKey, log, metrics });
  return link;
}

/** Day files of channels. */
function matchChannelDays(
  { registry }: WorkerOptions,
  queues: Queues,
  parts: ChannelDayParts,
  rounds: Rounds,
): void {
  const waiting = openChannelDayQueue(queues);
  workOnChannelDays(queues, parts);
  channelDayMetrics(registry, parts.database);
  rounds.often(() => sweepChannelDays(waiting, parts));
}

/** Statements of banks: fetched, read, their lines placed. */
function readStatements(
  parts: Omit<StatementJobParts, 'placeDeposits' | 'billerIds'>,
  directory: Directory,
  { link, rounds }: { link: AgencyLink; rounds: Rounds },
): void {
  const { database, log } = parts;
  const { openDays } = undoTools(database, directory);
  const tools = { database, directory, link, log, openDays };
  const stating: StatementJobParts = {
    ...parts,
    placeDeposits: (lines) => placeDeposits(tools, creditsOf(lines)),
    billerIds: () => directory.current.billersById.keys(),
  };
  rounds.often(() => sweepStatements(stating));
  rounds.every(PICK_UP_MS, () => sweepPickUps(stating));
}

/** Agencies by their webhooks and links, payers by messages. */
async function startTelling(
  { config, databaseUrl, masterKey, log, registry }: WorkerOptions,
  parts: { database: Database; directory: Directory; queues: Queues; caller: Caller },
): Promise<{ sweep(): Promise<void>; stop(): Promise<void> }> {
  const { database, directory, queues, caller } = parts;
  const providers = await openProviders({
    smtpUrl: config.smtpUrl,
    mailFrom: config.mailFrom,
    smsProviderFile: config.smsProviderFile,
    outboxDir: path.join(config.dataDir, 'outbox'),
    caller,
  });
  const metrics = messageMetrics(registry, database);
  const messages = openMessages({ database, masterKey, log, providers, metrics });
  const relay = startRelay({
    databaseUrl,
    database,
    queues,
    caller,
    masterKey,
    reversing: undoTools(database, directory),
    registry,
    log,
    onNumbered: (billerIds) => messages.wake(billerIds),
  });
  return {
    async sweep() {
      await relay.sweep();
      await messages.sweep();
    },
    async stop() {
      // Together: an agency that hangs is not waited for longer than the caller's own grace.
      await Promise.all([relay.stop(), messages.stop(), caller.close()]);
      await providers.close();
    },
  };
}
