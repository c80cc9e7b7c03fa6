// Door of the embedded services: a real PostgreSQL and, where one can be had, a Redis, for `npm start` and the tests.
// For trying out, developing and testing; an installation that matters gives DATABASE_URL and REDIS_URL instead.
import path from 'node:path';
import { lockDataDir } from './data-dir-lock.ts';
import { makeCacheDir, makeDataDir, serverDir } from './places.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
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
    const startOne = async <T>(
      name: string,
      start: (dir: string, logFile: string) => Promise<T>,
    ): Promise<T> => start(await serverDir(dataDir, name, account, log), path.join(dataDir, `${name}.log`));
    const [postgres, redis] = await Promise.allSettled([
      startOne('pg', (dir, logFile) =>
        startPostgres({ dir, logFile, port: pgPort, durable, cacheDir, account }),
      ),
      startOne('redis', (dir, logFile) =>
        startRedis({ dir, logFile, port: redisPort, durable, cacheDir, account, log }),
      ),
    ]);
    if (postgres.status === 'rejected' || redis.status === 'rejected') {
      for (const started of [redis, postgres])
        if (started.status === 'fulfilled') await started.value?.stop();
      throw postgres.status === 'rejected' ? postgres.reason : (redis as PromiseRejectedResult).reason;
    }
    let stopping: Promise<void> | undefined;
    const stopAll = async () => {
      await redis.value?.stop();
      await postgres.value.stop();
      await lock.release();
    };
    return {
      databaseUrl: postgres.value.url,
      redisUrl: redis.value?.url,
      stop: () => (stopping ??= stopAll()),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
