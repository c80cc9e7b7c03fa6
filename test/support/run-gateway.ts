// A gateway as a process of its own: set by the environment as in production, says `ready`, logs to standard error.
// It ends by a signal, or when whoever started it is gone.
import { destination } from 'pino';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { startGateway } from '../../src/gateway.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry, metricsServer } from '../../src/platform/metrics.ts';

const config = readConfig();
const { databaseUrl, redisUrl } = config;
if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set');
const log = createLog({ level: config.logLevel, stream: destination({ dest: 2, sync: false }) });
const registry = createRegistry();
const metrics = await metricsServer(registry, { host: config.host, port: config.metricsPort });
const gateway = await startGateway({
  config,
  databaseUrl,
  redisUrl,
  masterKey: await loadMasterKey(config),
  log,
  registry,
});
process.stdout.write('ready\n');
process.once(
  'SIGTERM',
  () => void Promise.all([gateway.stop(), metrics.close()]).then(() => process.exit(0)),
);
process.stdin.on('end', () => process.exit(1)).resume();
