// `npm start`: everything in one process. Without DATABASE_URL a PostgreSQL and a Redis of its own are started below
// the data directory and filled with the demo's parties; with it, that database is brought to the newest schema and
// served, and nothing is started or filled. Ctrl-C and SIGTERM stop what was started, the last first.

import closeWithGrace from 'close-with-grace';
import type { Registry } from 'prom-client';
import { loadMasterKey, readConfig, type Config } from './config.ts';
import { requireFreePort, requireUnusedDataDir, startEmbedded } from './platform/embedded/index.ts';
import { createLog, type Log } from './platform/log.ts';
import { createRegistry, metricsServer } from './platform/metrics.ts';

const STOP_WITHIN_MS = 15_000;

/** How to stop what has been started so far. */
const running: (() => Promise<void>)[] = [];
let isStopping = false;

class Interrupted extends Error {}

const starting = start();

closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err, signal }) => {
  isStopping = true;
  if (err !== undefined) console.error(err);
  if (signal !== undefined) console.log('\nWasit is stopping …');
  await starting.catch(() => undefined);
  await stopAll();
  if (signal !== undefined) console.log('Wasit has stopped.');
});

starting.catch(async (error: unknown) => {
  if (error instanceof Interrupted) return;
  console.error(`wasit: ${error instanceof Error ? error.message : String(error)}`);
  await stopAll();
  process.exit(1);
});

async function start(): Promise<void> {
  const role = readRole(process.argv[2]);
  const config = readConfig();
  const log = createLog({ level: config.logLevel });
  // Before the ports: they are taken when this very installation runs already, and then it is what has to be named.
  if (config.databaseUrl === undefined) await requireUnusedDataDir(config.dataDir);
  if (role !== 'worker') await requireFreePort(config.port, 'WASIT_PORT');
  await requireFreePort(config.metricsPort, 'WASIT_METRICS_PORT');
  if (config.databaseUrl === undefined) await requireAgencyPort(config);
  // Made at the first start, so after what may refuse it: a refused start leaves nothing behind.
  const masterKey = await loadMasterKey(config);
  // Read while the servers come up: reading the program takes as long as starting them.
  const programs = Promise.all([
    import('./gateway.ts'),
    import('./worker.ts'),
    import('./platform/db/index.ts'),
    import('./demo/index.ts'),
  ]);
  programs.catch(() => undefined);
  const { databaseUrl, redisUrl } = await services(config, log);
  const [{ startGateway }, { startWorker }, { migrate, openDatabase }, demo] = await programs;
  goOn();
  const isDemo = config.databaseUrl === undefined;
  const agency = isDemo ? await startAgency(config, databaseUrl, log) : undefined;
  const database = openDatabase(databaseUrl, { poolSize: 2, applicationName: 'wasit-start' });
  running.push(() => database.close());
  await migrate(database);
  goOn();
  const addresses = { baseUrl: addressOf(config), databaseUrl, redisUrl: redisUrl ?? null };
  const { dataDir, privateNetworks: allowedNetworks } = config;
  const content =
    agency &&
    (await demo.prepareDemo({ database, masterKey, dataDir, addresses, allowedNetworks, log, ...agency }));
  goOn();
  const registry = createRegistry();
  const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
  running.push(() => metrics.close());
  await startAll(
    { config, databaseUrl, redisUrl, masterKey, log, registry },
    { gateway: [startGateway], worker: [startWorker], all: [startWorker, startGateway] }[role],
  );
  await agency?.ready;
  console.log(
    content === undefined
      ? `\nWasit is running at ${addresses.baseUrl}\n`
      : await demo.welcome(database, { demo: content, dataDir, agencyPid: agency?.pid }),
  );
}

/** In production gateways and workers may be processes of their own: `npm start -- gateway`, `npm start -- worker`. */
function readRole(word = 'all'): 'gateway' | 'worker' | 'all' {
  if (word === 'gateway' || word === 'worker' || word === 'all') return word;
  throw new Error(`npm start -- ${word}: say gateway, worker, or nothing for both`);
}

interface Parts {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly masterKey: Buffer;
  readonly log: Log;
  readonly registry: Registry;
}

async function startAll(
  parts: Parts,
  starts: readonly ((parts: Parts) => Promise<{ stop(): Promise<void> }>)[],
): Promise<void> {
  for (const startOne of starts) {
    const started = await startOne(parts);
    running.push(() => started.stop());
    goOn();
  }
}

async function services(
  config: Config,
  log: Log,
): Promise<{ databaseUrl: string; redisUrl: string | undefined }> {
  if (config.databaseUrl !== undefined) return { databaseUrl: config.databaseUrl, redisUrl: config.redisUrl };
  const { dataDir, pgPort, redisPort } = config;
  const embedded = await startEmbedded({ dataDir, pgPort, redisPort, log: (line) => console.log(line) });
  running.push(() => embedded.stop());
  goOn();
  await embedded.keep({ log: (line) => log.warn(line), onLost: (why) => void endWith(why, log) });
  return { databaseUrl: embedded.databaseUrl, redisUrl: config.redisUrl ?? embedded.redisUrl };
}

/** Without its database it is of no use: whoever supervises it starts it again, and sees the exit code. */
async function endWith(why: string, log: Log): Promise<void> {
  log.fatal(`${why}; Wasit ends`);
  const end = () => {
    console.error(`wasit: ${why}; Wasit has ended, start it again`);
    process.exit(1);
  };
  setTimeout(end, STOP_WITHIN_MS).unref();
  await stopAll().catch((error: unknown) => log.error({ err: error }, 'not everything could be stopped'));
  end();
}

/** The demo agency may be running already, started by somebody who had stopped ours. */
async function requireAgencyPort({ agencyPort, dataDir }: Config): Promise<void> {
  await requireFreePort(agencyPort, 'WASIT_AGENCY_PORT').catch(async (taken: unknown) => {
    const { agencyAt } = await import('./demo/index.ts');
    if ((await agencyAt(agencyUrl(agencyPort), dataDir)) === undefined) throw taken;
  });
}

async function startAgency({ dataDir, agencyPort }: Config, databaseUrl: string, log: Log) {
  const { prepareAgencyFile, runAgency } = await import('./demo/index.ts');
  const url = agencyUrl(agencyPort);
  const prepared = await prepareAgencyFile(dataDir, {
    url,
    databaseUrl: new URL('/agency', databaseUrl).href,
  });
  const started = await runAgency(dataDir, url, log);
  running.push(() => started.stop());
  goOn();
  return { ...prepared, ...started };
}

function agencyUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Where clients of this machine reach it: an address that stands for all is none to call. */
function addressOf({ host, port }: Config): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function goOn(): void {
  if (isStopping) throw new Interrupted();
}

async function stopAll(): Promise<void> {
  for (let stop = running.pop(); stop !== undefined; stop = running.pop()) await stop();
}
