// The process that works behind the gateways: it tells agencies and payers what happened, loads bill files, keeps business days open ahead, and sweeps up
// what a queue or a killed process left behind. Any number may run on one database.

import { randomInt } from 'node:crypto';
import path from 'node:path';
import { openBusinessDays } from './billers/index.ts';
import { openBillFileQueue, sweepBillFiles, workOnBillFiles, type BillFileJobParts } from './bills/index.ts';
import { Directory } from './channels/index.ts';
import { startRelay } from './confirmations/index.ts';
import { messageMetrics, openMessages, openProviders } from './confirmations/messages/index.ts';
import { BALANCE_LANES, type GatewayOptions } from './gateway.ts';
import { openDatabase } from './platform/db/index.ts';
import { openCaller } from './platform/outgoing/index.ts';
import { openQueues } from './platform/queue/index.ts';

export type WorkerOptions = GatewayOptions;

const SWEEP_MS = 5_000;
const OPEN_DAYS_MS = 3_600_000;

export async function startWorker({
  config,
  databaseUrl,
  redisUrl,
  masterKey,
  log,
  registry,
}: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const database = openDatabase(databaseUrl, {
    poolSize: config.databasePool,
    applicationName: 'wasit-worker',
  });
  const directory = await Directory.open(database);
  const queues = openQueues({ redisUrl, databaseUrl, log });
  const files = openBillFileQueue(queues);
  const parts: BillFileJobParts = { database, billers: () => directory.current.billersById.values(), log };
  workOnBillFiles(queues, parts);
  const caller = openCaller({ allowedNetworks: config.privateNetworks });
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
    reversing: {
      database,
      directory,
      lane: randomInt(BALANCE_LANES),
      openDays: async (billerId) => {
        const biller = directory.current.billersById.get(billerId);
        if (biller !== undefined) await openBusinessDays(database, biller);
      },
    },
    registry,
    log,
    onNumbered: (billerIds) => messages.wake(billerIds),
  });
  const sweeping = every(SWEEP_MS, async () => {
    await directory.refresh();
    await sweepBillFiles(files, parts);
    await relay.sweep();
    await messages.sweep();
  });
  const opening = every(OPEN_DAYS_MS, async () => {
    for (const biller of directory.current.billersById.values()) await openBusinessDays(database, biller);
  });
  return {
    async stop() {
      clearInterval(sweeping);
      clearInterval(opening);
      // Together: an agency that hangs is not waited for longer than the caller's own grace.
      await Promise.all([relay.stop(), messages.stop(), caller.close()]);
      await providers.close();
      await queues.close();
      await database.close();
    },
  };

  /** Once now and then again and again; a round that is still going is not begun a second time. */
  function every(periodMs: number, work: () => Promise<void>): NodeJS.Timeout {
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
}
