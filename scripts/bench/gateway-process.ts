// The gateway as a process of its own, set by the environment like any gateway in production. Its log goes to the
// file in BENCH_LOG; prints `ready`; SIGTERM stops it.
import { destination } from 'pino';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { startGateway } from '../../src/gateway.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry, metricsServer } from '../../src/platform/metrics.ts';

const config = readConfig();
const log = createLog({
  level: config.logLevel,
  stream: destination({ dest: process.env['BENCH_LOG'], sync: false }),
});
if (config.databaseUrl === undefined) throw new Error('the benchmark gives the gateway its database');
const masterKey = await loadMasterKey(config);
const registry = createRegistry();
const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
const gateway = await startGateway({
  config,
  databaseUrl: config.databaseUrl,
  redisUrl: config.redisUrl,
  masterKey,
  log,
  registry,
});
console.log('ready');
process.once(
  'SIGTERM',
  () => void Promise.all([gateway.stop(), metrics.close()]).then(() => process.exit(0)),
);
