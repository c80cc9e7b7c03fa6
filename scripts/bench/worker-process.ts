// The worker as a process of its own, set by the environment. Its log goes to the file in BENCH_LOG; prints `ready`.
import { destination } from 'pino';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry, metricsServer } from '../../src/platform/metrics.ts';
import { startWorker } from '../../src/worker.ts';

const config = readConfig();
const log = createLog({
  level: config.logLevel,
  stream: destination({ dest: process.env['BENCH_LOG'], sync: false }),
});
if (config.databaseUrl === undefined) throw new Error('the benchmark gives the worker its database');
const registry = createRegistry();
const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
const worker = await startWorker({
  config,
  databaseUrl: config.databaseUrl,
  redisUrl: config.redisUrl,
  masterKey: await loadMasterKey(config),
  log,
  registry,
});
console.log('ready');
process.once('SIGTERM', () => void Promise.all([worker.stop(), metrics.close()]).then(() => process.exit(0)));
