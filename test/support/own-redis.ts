// A Redis of a test's own, to be killed, flushed and started again on the same port.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import net from 'node:net';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { Test } from 'tap';
import { makeCacheDir } from '../../src/platform/embedded/places.ts';
import { serversIn } from '../../src/platform/embedded/processes.ts';
import { startRedis } from '../../src/platform/embedded/redis.ts';
import { serverAccount } from '../../src/platform/embedded/run-as.ts';

export interface OwnRedis {
  readonly url: string;
  /** Empty again after each kill: nothing of it is on disk. */
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  flush(): Promise<void>;
}

/** Not started yet; stopped and removed at the end of the test. */
export async function ownRedis(t: Pick<Test, 'teardown'>): Promise<OwnRedis> {
  const home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-redis-')));
  await fs.chmod(home, 0o711); // the server's account has to reach its data
  const dir = path.join(home, 'redis');
  const port = await quietPort();
  const cacheDir = await makeCacheDir();
  const account = await serverAccount(home);
  const redis: OwnRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const logFile = path.join(home, 'log');
      const log = (): void => undefined;
      const started = await startRedis({ dir, port, durable: false, cacheDir, logFile, account, log });
      if (started === undefined) throw new Error('there is no Redis on this machine');
    },
    async kill() {
      for (const pid of await serversIn(dir, /^(redis|valkey)-server$/)) process.kill(pid, 'SIGKILL');
    },
    async flush() {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
  };
  t.teardown(async () => {
    await redis.kill();
    await fs.rm(home, { recursive: true, force: true });
  });
  return redis;
}

/** A free one below those that the system gives to connections: it stays free while nobody listens on it. */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = net.createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
