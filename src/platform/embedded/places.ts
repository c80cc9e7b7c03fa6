// Where the servers' files lie: data in the data directory, programs that had to be unpacked or copied in a cache.
// A data directory that the servers' account cannot reach (a checkout under /root) gets its data moved to
// /var/lib/wasit, with a link left in its place; the link is the only memory of that.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { serversIn, stopProcess } from './processes.ts';
import { reachable } from './run-as.ts';
import type { Account } from './run-as.ts';

const run = promisify(execFile);
const farHome = '/var/lib/wasit';
const commonCache = '/var/cache/wasit';

/** Creates the data directory: open to walk through for the servers' account under root, private otherwise. */
export async function makeDataDir(dataDir: string): Promise<string> {
  if (await fs.mkdir(dataDir, { recursive: true }))
    await fs.chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  return fs.realpath(dataDir);
}

/** The real path of one server's data below `dataDir`. It need not exist yet; its parent does. */
export async function serverDir(
  dataDir: string,
  name: string,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<string> {
  const near = path.join(dataDir, name);
  const found = await fs.lstat(near).catch(() => undefined);
  if (found?.isSymbolicLink()) {
    const target = path.resolve(dataDir, await fs.readlink(near));
    if (target.startsWith(`${farHome}/`)) await makeOpen(path.dirname(target), 0o711);
    return fs.realpath(target).catch(() => target);
  }
  if (!account || (await reachable(dataDir, account))) return near;

  const home = path.join(farHome, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const far = path.join(home, name);
  await makeOpen(farHome, 0o711);
  await makeOpen(home, 0o711);
  await setAside(far, log);
  if (found) await run('mv', [near, far]); // mv also crosses file systems
  await fs.symlink(far, near);
  log(
    `${dataDir} is closed to the servers' account, so their data is kept in ${far}; ${near} is a link to it`,
  );
  return far;
}

/** Data of a data directory that was deleted together with its link: never reused, never destroyed. */
async function setAside(dir: string, log: (line: string) => void): Promise<void> {
  if (!(await fs.stat(dir).catch(() => undefined))) return;
  for (const pid of await serversIn(dir, /./))
    await stopProcess(pid, [
      ['SIGINT', 10_000],
      ['SIGKILL', 5000],
    ]);
  const aside = `${dir}.left-${Date.now()}`;
  await fs.rename(dir, aside);
  log(`data of an earlier, deleted data directory was moved to ${aside}; remove it when it is not needed`);
}

/** A directory for programs that every installation of this user shares, and that no other user can write to. */
export async function makeCacheDir(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) {
    await makeOpen(commonCache, 0o755);
    return commonCache;
  }
  const homely = path.join(os.homedir(), '.cache', 'wasit');
  const made = await fs.mkdir(homely, { recursive: true, mode: 0o700 }).then(
    () =>
      fs.access(homely, fs.constants.W_OK).then(
        () => true,
        () => false,
      ),
    () => false,
  );
  if (made) return homely;
  const spare = path.join(os.tmpdir(), `wasit-cache-${uid}`);
  await fs.mkdir(spare, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = await fs.lstat(spare);
  if (owner !== uid || (mode & 0o022) !== 0) throw new Error(`${spare} belongs to somebody else; remove it`);
  return spare;
}

/** With exactly this mode, whatever the umask. */
async function makeOpen(dir: string, mode: number): Promise<void> {
  await fs.mkdir(dir, { recursive: true });
  await fs.chmod(dir, mode);
}
