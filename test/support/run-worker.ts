// A worker as a process of its own: set by the environment as in production, says `ready`, logs to standard error.
// It ends by a signal, or when whoever started it is gone.
import { destination } from 'pino';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRegistry } from '../../src/platform/metrics.ts';
import { startWorker } from '../../src/worker.ts';

const config = readConfig();
const { databaseUrl, redisUrl } = config;
if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set');
const worker = await startWorker({
  config,
  databaseUrl,
  redisUrl,
  masterKey: await loadMasterKey(config),
  log: createLog({ level: config.logLevel, stream: destination({ dest: 2, sync: false }) }),
  registry: createRegistry(),
});
process.stdout.write('ready\n');
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.stdin.on('end', () => process.exit(1)).resume();
