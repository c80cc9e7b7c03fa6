// Throws the embedded servers' data away, wherever it lies: the data directory is then as before the first start.
// Refused while a Wasit runs in it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { lockDataDir } from './data-dir-lock.ts';
import { serversIn, stopProcess } from './processes.ts';

const SERVERS = ['pg', 'redis'];
const FILES = ['pg.log', 'redis.log', 'master.key'];

export async function removeEmbeddedData(dataDir: string): Promise<void> {
  const lock = await lockDataDir(dataDir);
  try {
    for (const name of SERVERS) {
      const near = path.join(dataDir, name);
      // A link leads to where the servers' account could reach (places.ts).
      const real = await fs.realpath(near).catch(() => near);
      for (const pid of await serversIn(real, /^(postgres|redis-server|valkey-server)/)) {
        await stopProcess(pid, [
          ['SIGINT', 10_000],
          ['SIGKILL', 5000],
        ]);
      }
      await fs.rm(real, { recursive: true, force: true });
      await fs.rm(near, { force: true });
    }
    for (const name of FILES) await fs.rm(path.join(dataDir, name), { force: true });
  } finally {
    await lock.release();
  }
}
