// Door of the embedded services: a real PostgreSQL and, where one can be had, a Redis, for `npm start` and the tests.
// For trying out, developing and testing; an installation that matters gives DATABASE_URL and REDIS_URL instead.
import path from 'node:path';
import { lockDataDir } from './data-dir-lock.ts';
import { keepRunning, type Keeping } from './keep-running.ts';
import { makeCacheDir, makeDataDir, serverDir } from './places.ts';
import { postgresProgram, restartPostgres, startPostgres } from './postgres.ts';
import { redisServer, startRedis } from './redis.ts';
import { serverAccount } from './run-as.ts';

export { requireUnusedDataDir } from './data-dir-lock.ts';
export { readOrCreateMasterKey } from './master-key.ts';
export { freePort, requireFreePort } from './ports.ts';
export { stopProcess } from './processes.ts';
export { removeEmbeddedData } from './remove-data.ts';

export interface EmbeddedOptions {
  dataDir: string;
  pgPort: number;
  redisPort: number;
  /** Default true: an acknowledged commit is on disk. False only for data that is thrown away. */
  durable?: boolean;
  /** Told what a person should know, such as data kept elsewhere. */
  log?: (line: string) => void;
}

export interface EmbeddedServices {
  /** Superuser, database `postgres`. */
  databaseUrl: string;
  /** Absent when there is no Redis on this machine: the queue then lives in PostgreSQL. */
  redisUrl: string | undefined;
  /** From now on a server that ends by itself is started again. `onLost` is about PostgreSQL: all goes on without Redis. */
  keep(keeping: Keeping): Promise<void>;
  /** Stops both servers and frees the data directory. Repeatable. */
  stop(): Promise<void>;
}

/** Refuses, in words for the person at the terminal: directory in use, port taken, server not coming up. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServices> {
  const { pgPort, redisPort, durable = true, log = () => undefined } = options;
  const dataDir = await makeDataDir(options.dataDir);
  const lock = await lockDataDir(dataDir);
  try {
    const account = await serverAccount(dataDir);
    const cacheDir = await makeCacheDir();
    const [pgDir, redisDir] = [
      await serverDir(dataDir, 'pg', account, log),
      await serverDir(dataDir, 'redis', account, log),
    ];
    const common = { durable, cacheDir, account };
    const pg = { ...common, dir: pgDir, port: pgPort, logFile: path.join(dataDir, 'pg.log') };
    const queue = {
      ...common,
      dir: redisDir,
      port: redisPort,
      logFile: path.join(dataDir, 'redis.log'),
      log,
    };
    const [postgres, redis] = await Promise.allSettled([startPostgres(pg), startRedis(queue)]);
    if (postgres.status === 'rejected' || redis.status === 'rejected') {
      for (const started of [redis, postgres])
        if (started.status === 'fulfilled') await started.value?.stop();
      throw postgres.status === 'rejected' ? postgres.reason : (redis as PromiseRejectedResult).reason;
    }
    const { url: databaseUrl } = postgres.value;
    const started = { postgres: postgres.value, redis: redis.value };
    const kept: (() => Promise<void>)[] = [];
    let stopping: Promise<void> | undefined;
    const stopAll = async () => {
      for (const end of kept) await end();
      await started.redis?.stop();
      await started.postgres.stop();
      await lock.release();
    };
    return {
      databaseUrl,
      redisUrl: started.redis?.url,
      keep: async (keeping) => {
        const start = () => restartPostgres(pg);
        kept.push(
          await keepRunning({ name: 'PostgreSQL', dir: pgDir, program: postgresProgram, start }, keeping),
        );
        if (started.redis === undefined) return;
        const again = { name: 'Redis', dir: redisDir, program: redisServer, start: () => startRedis(queue) };
        const onLost = (why: string) =>
          keeping.log(`${why}; payments go on without it until Wasit is restarted`);
        kept.push(await keepRunning(again, { ...keeping, onLost }));
      },
      stop: () => (stopping ??= stopAll()),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
