// The worker as a process of its own, set by the environment. Its log goes to the file in BENCH_LOG; prints `ready`.
import { destination } from 'pino';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { startWorker } from '../../src/worker.ts';

const config = readConfig();
const log = createLog({
  level: config.logLevel,
  stream: destination({ dest: process.env['BENCH_LOG'], sync: false }),
});
if (config.databaseUrl === undefined) throw new Error('the benchmark gives the worker its database');
const worker = await startWorker({ config, databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, log });
console.log('ready');
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
