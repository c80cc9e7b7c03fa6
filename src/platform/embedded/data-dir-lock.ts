// One running Wasit per data directory. The lock is a file with the holder's pid and start time: after kill -9 the
// next start sees that this very process is gone, though its pid may have been given away, and takes the lock over.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { processStatus } from './processes.ts';

export interface DataDirLock {
  release(): Promise<void>;
}

/** Refuses when a living process holds the directory. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const file = path.join(dataDir, 'wasit.lock');
  const own = await describeSelf();
  const draft = `${file}.${randomUUID()}`;
  await fs.writeFile(draft, own);
  try {
    while (!(await linked(draft, file))) {
      const holder = await read(file);
      if (holder === undefined) continue;
      if (await living(holder)) throw inUse(dataDir, holder);
      await removeStale(file, holder);
    }
  } finally {
    await fs.rm(draft, { force: true });
  }
  return {
    release: async () => {
      if ((await read(file)) === own) await fs.rm(file, { force: true });
    },
  };
}

/** Refuses like `lockDataDir`, and neither takes the directory nor makes it. */
export async function requireUnusedDataDir(dataDir: string): Promise<void> {
  const holder = await read(path.join(dataDir, 'wasit.lock'));
  if (holder !== undefined && (await living(holder))) throw inUse(dataDir, holder);
}

function inUse(dataDir: string, holder: string): Error {
  return new Error(
    `another Wasit (process ${holder.split(' ')[0]}) is using ${dataDir}; stop it first, or give this one its own ` +
      `WASIT_DATA_DIR and WASIT_PORT`,
  );
}

async function describeSelf(): Promise<string> {
  const status = await processStatus(process.pid);
  return `${process.pid} ${status?.startedAt ?? ''}\n`;
}

async function living(holder: string): Promise<boolean> {
  const [pid = '', startedAt = ''] = holder.trim().split(' ');
  const status = /^\d+$/.test(pid) ? await processStatus(Number(pid)) : undefined;
  return status?.startedAt === startedAt;
}

/** Two starts may find the same stale file: whoever moved away the other's fresh lock puts it back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${randomUUID()}`;
  try {
    await fs.rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside)) !== stale) await linked(aside, file);
  await fs.rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await fs.link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(file: string): Promise<string | undefined> {
  return fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
