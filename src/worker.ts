// The process that works behind the gateways: it tells agencies and payers what happened, loads bill files, keeps
// business days open ahead, and sweeps up what a queue or a killed process left behind. Any number may run on one
// database.

import path from 'node:path';
import { openBusinessDays } from './billers/index.ts';
import { openBillFileQueue, sweepBillFiles, workOnBillFiles, type BillFileJobParts } from './bills/index.ts';
import { Directory } from './channels/index.ts';
import { startRelay } from './confirmations/index.ts';
import { messageMetrics, openMessages, openProviders } from './confirmations/messages/index.ts';
import { orderWriter, readOrderStatus } from './dialects/index.ts';
import type { GatewayOptions } from './gateway-parts.ts';
import { creditMetrics } from './payments/credit/index.ts';
import { undoTools } from './payments/index.ts';
import { openDatabase, type Database } from './platform/db/index.ts';
import type { Log } from './platform/log.ts';
import { openCaller } from './platform/outgoing/index.ts';
import { openQueues, type Queues } from './platform/queue/index.ts';
import { keepHeapSmall } from './platform/small-heap.ts';
import { closeMetrics, openCloseQueue, closeSweep, workOnCloses } from './settlement/index.ts';
import { orderMetrics, sweepRemittances } from './settlement/orders/index.ts';
import { openDocumentQueue, sweepDocuments, workOnDocuments } from './settlement/documents/index.ts';
import { tallyConfirmations } from './settlement/reports/index.ts';

export type WorkerOptions = GatewayOptions;

const SWEEP_MS = 5_000;
const OPEN_DAYS_MS = 3_600_000;

export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { config, databaseUrl, redisUrl, log } = options;
  keepHeapSmall();
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-worker',
  });
  const directory = await Directory.open(database);
  creditMetrics(options.registry, database);
  const queues = openQueues({ redisUrl, databaseUrl, log });
  const files = openBillFileQueue(queues);
  const parts: BillFileJobParts = { database, billers: () => directory.current.billersById.values(), log };
  workOnBillFiles(queues, parts);
  const closing = { ...parts, metrics: closeMetrics(options.registry, database) };
  workOnCloses(queues, closing);
  const documents = openDocumentQueue(queues);
  workOnDocuments(queues, parts);
  const telling = await startTelling(options, { database, directory, queues });
  const sweeping = every(SWEEP_MS, log, async () => {
    await directory.refresh();
    await sweepBillFiles(files, parts);
    await telling.sweep();
  });
  const settling = every(SWEEP_MS, log, closeSweep(openCloseQueue(queues), closing));
  const { masterKey } = options;
  const banking = {
    database,
    log,
    masterKey,
    dataDir: config.dataDir,
    writer: orderWriter,
    reader: readOrderStatus,
  };
  orderMetrics(options.registry, database);
  const remitting = every(SWEEP_MS, log, () => sweepRemittances(banking));
  const reporting = every(SWEEP_MS, log, async () => {
    await sweepDocuments(documents, parts);
    await tallyConfirmations(database, parts.billers());
  });
  const opening = every(OPEN_DAYS_MS, log, async () => {
    for (const biller of directory.current.billersById.values()) await openBusinessDays(database, biller);
  });
  return {
    async stop() {
      clearInterval(sweeping);
      clearInterval(settling);
      clearInterval(remitting);
      clearInterval(reporting);
      clearInterval(opening);
      await telling.stop();
      await queues.close();
      await database.close();
    },
  };
}

/** Agencies by their webhooks and links, payers by messages. */
async function startTelling(
  { config, databaseUrl, masterKey, log, registry }: WorkerOptions,
  { database, directory, queues }: { database: Database; directory: Directory; queues: Queues },
): Promise<{ sweep(): Promise<void>; stop(): Promise<void> }> {
  // Many agencies may be hosted at one origin: one that hangs keeps its own connections and not the others'.
  const caller = openCaller({ allowedNetworks: config.privateNetworks, connectionsPerOrigin: 1024 });
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

/** Once now and then again and again; a round that is still going is not begun a second time. */
function every(periodMs: number, log: Pick<Log, 'warn'>, work: () => Promise<void>): NodeJS.Timeout {
  let isBusy = false;
  const round = (): void => {
    if (isBusy) return;
    isBusy = true;
    work()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'a round of the worker failed; the next one tries again'),
      )
      .finally(() => (isBusy = false));
  };
  round();
  return setInterval(round, periodMs).unref();
}
