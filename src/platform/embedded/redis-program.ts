// A redis-server to run: the one on the PATH, else Debian's packages unpacked into the cache, which needs no root and
// leaves the system as it is. Where neither can be had there is none, and the queue lives in PostgreSQL.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = [
  'redis-server',
  'redis-tools',
  'libjemalloc2',
  'liblzf1',
  'liblua5.1-0',
  'lua-cjson',
  'lua-bitop',
];

export interface RedisProgram {
  file: string;
  env: NodeJS.ProcessEnv | undefined;
}

export async function redisProgram(
  cacheDir: string,
  log: (line: string) => void,
): Promise<RedisProgram | undefined> {
  const installed = { file: 'redis-server', env: undefined };
  if (await works(installed)) return installed;
  const root = path.join(cacheDir, 'redis');
  const unpacked = {
    file: path.join(root, 'usr/bin/redis-server'),
    env: { PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: path.join(root, 'usr/lib/x86_64-linux-gnu') },
  };
  if (await works(unpacked)) return unpacked;
  try {
    await unpack(cacheDir, root);
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) || message;
    log(`no redis-server on the PATH, and none could be fetched (${reason}); the queue lives in PostgreSQL`);
    return undefined;
  }
  return (await works(unpacked)) ? unpacked : undefined;
}

async function works({ file, env }: RedisProgram): Promise<boolean> {
  return run(file, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

/** Needs no root and changes nothing of the system's: what is fetched stays in the cache. */
async function unpack(cacheDir: string, root: string): Promise<void> {
  const draft = await fs.mkdtemp(path.join(cacheDir, 'redis-'));
  try {
    await fs.chmod(draft, 0o755);
    await download(draft, path.join(draft, 'deb'));
    for (const file of await fs.readdir(path.join(draft, 'deb')))
      await run('dpkg', ['-x', path.join(draft, 'deb', file), path.join(draft, 'root')]);
    await fs.rm(root, { recursive: true, force: true });
    await fs.rename(path.join(draft, 'root'), root);
  } finally {
    await fs.rm(draft, { recursive: true, force: true });
  }
}

/** By the system's package lists when they are there and true, else by lists of our own (a few seconds more). */
async function download(draft: string, into: string): Promise<void> {
  for (const dir of ['lists/partial', 'cache/archives/partial', 'deb'])
    await fs.mkdir(path.join(draft, dir), { recursive: true });
  const base = [
    `Dir::Cache=${draft}/cache`,
    'APT::Sandbox::User=root',
    'Acquire::Retries=0',
    'Acquire::http::Timeout=8',
  ];
  const own = [
    ...base,
    `Dir::State=${draft}`,
    'Dir::State::status=/var/lib/dpkg/status',
    'Acquire::Languages=none',
  ];
  const apt = (settings: string[], ...command: string[]) =>
    run('apt-get', [...settings.flatMap((setting) => ['-o', setting]), ...command], {
      cwd: into,
      timeout: 30_000,
    });
  try {
    await apt(base, 'download', ...packages);
  } catch {
    await apt(own, 'update');
    await apt(own, 'download', ...packages);
  }
}
