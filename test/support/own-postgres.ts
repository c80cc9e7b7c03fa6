// A durable PostgreSQL of a test's own, to be killed and started again; with the schema and the world in it.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrate, openDatabase } from '../../src/platform/db/index.ts';
import { freePort, startEmbedded } from '../../src/platform/embedded/index.ts';
import { makeWorld, type World } from './world.ts';

export interface OwnPostgres {
  readonly world: World;
  /** `kill -9` of the server; its own processes follow it by themselves. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-own-'));
  await fs.chmod(dataDir, 0o711); // the server's account has to reach its data
  const options = { dataDir, pgPort: await freePort(), redisPort: await freePort() };
  let services = await startEmbedded(options);
  const db = openDatabase(services.databaseUrl, { poolSize: 6, applicationName: 'witness' });
  await migrate(db);
  const world = await makeWorld({ db, url: services.databaseUrl });
  return {
    world,
    async kill() {
      const [pid] = (await fs.readFile(path.join(dataDir, 'pg', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    async start() {
      await services.stop();
      services = await startEmbedded(options);
    },
    async close() {
      await db.close();
      await services.stop();
      await fs.rm(dataDir, { recursive: true, force: true });
    },
  };
}
