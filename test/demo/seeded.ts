// An installation that was seeded as the first start does it, in a database of its own; and its next start.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { prepareAgencyFile, prepareDemo, type DemoAddresses, type DemoFile } from '../../src/demo/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { testDatabase } from '../support/database.ts';
import { MASTER_KEY } from '../support/world.ts';

export const ADDRESSES: Omit<DemoAddresses, 'agency'> = {
  baseUrl: 'http://127.0.0.1:8080',
  databaseUrl: 'postgres://x/y',
  redisUrl: 'redis://x',
};

export interface Demo {
  readonly db: Database;
  readonly dataDir: string;
  readonly file: DemoFile;
}

export async function seeded(t: Parameters<typeof testDatabase>[0]): Promise<Demo> {
  const { db } = await testDatabase(t);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'wasit-demo-'));
  t.teardown(() => rm(dataDir, { recursive: true }));
  return { db, dataDir, file: await prepare(db, dataDir) };
}

const AGENCY = { url: 'http://127.0.0.1:8084', databaseUrl: 'postgres://x/agency' };

export async function prepare(
  database: Database,
  dataDir: string,
  addresses = ADDRESSES,
  agency = AGENCY,
): Promise<DemoFile> {
  const allowedNetworks = ['127.0.0.0/8'];
  const log = createLog({ level: 'silent' });
  const prepared = await prepareAgencyFile(dataDir, agency);
  return prepareDemo({
    database,
    masterKey: MASTER_KEY,
    dataDir,
    addresses,
    allowedNetworks,
    log,
    ...prepared,
  });
}
