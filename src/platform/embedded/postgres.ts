// The embedded PostgreSQL: made at the first start, then started, taken over or restarted as needed.
// It runs on its own: signals to Node do not reach it, so Node can drain; after kill -9 of Node it goes on running
// and the next start takes it over when it runs with the very command line we would use, else restarts it.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { BeyondRestart, type Service } from './keep-running.ts';
import { requireFreePort } from './ports.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { commandLine, serversIn, stopProcess, waitFor } from './processes.ts';
import type { Account } from './run-as.ts';

const run = promisify(execFile);
export const postgresProgram = /^postgres$/;
const GIVEN_TO_ORPHANS_MS = 2000;
const password = 'wasit'; // no secret: the server listens on the loopback interface alone

export interface PostgresOptions {
  /** Real path of the cluster; made when it is missing. */
  dir: string;
  port: number;
  /** False: no flush to disk, for tests that throw the cluster away. */
  durable: boolean;
  cacheDir: string;
  logFile: string;
  account: Account | undefined;
}

/** Refuses when the port is taken by somebody else or the server does not come up, with the end of its log. */
export async function startPostgres(options: PostgresOptions): Promise<Service> {
  const programs = await postgresPrograms(options.account, options.cacheDir);
  await createCluster(programs.initdb, options);
  const command = [programs.postgres, '-D', options.dir, ...settings(options)];
  if (!(await takeOver(options.dir, command))) {
    await requireFreePort(options.port, 'WASIT_PG_PORT');
    await launch(command, options);
  }
  return {
    url: `postgres://wasit:${password}@127.0.0.1:${options.port}/postgres`,
    stop: () => stopPostgres(options.dir),
  };
}

/**
 * After it has ended under us. Refuses a directory that has lost its data, and one in which somebody has started another
 * server since; processes that are left of the one that ended are stopped, before they write beside the new one.
 */
export async function restartPostgres(options: PostgresOptions): Promise<Service> {
  const { dir } = options;
  if (!(await fs.stat(path.join(dir, 'PG_VERSION')).catch(() => undefined)))
    throw new BeyondRestart(`the embedded PostgreSQL has ended, and its data in ${dir} is gone`);
  // A child that was born as its server died looks like one for a moment.
  const holder = await waitFor(GIVEN_TO_ORPHANS_MS, async () =>
    (await otherServer(dir)) ? undefined : 'none',
  );
  if (holder === undefined)
    throw new BeyondRestart(
      `the embedded PostgreSQL has ended, and another one (process ${await otherServer(dir)}) holds its data in ${dir}`,
    );
  return startPostgres(options);
}

/** Children give themselves a title; a server stands under its program's name. */
async function otherServer(dir: string): Promise<number | undefined> {
  for (const pid of await serversIn(dir, postgresProgram)) {
    const [file = ''] = await commandLine(pid);
    if (file !== '' && !file.startsWith('postgres: ')) return pid;
  }
  return undefined;
}

function settings({ port, durable }: PostgresOptions): string[] {
  const values: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    max_connections: '200',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'off', // this build knows only pglz, which costs more time than the log it saves
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** initdb works beside the final place: a cluster whose making was interrupted is never taken for a good one. */
async function createCluster(initdb: string, { dir, durable, account }: PostgresOptions): Promise<void> {
  if (await fs.stat(path.join(dir, 'PG_VERSION')).catch(() => undefined)) return requireOwn(dir);
  // A server whose directory was deleted under it must not live to write its shutdown into the new cluster.
  for (const pid of await serversIn(dir, postgresProgram)) await stopProcess(pid, stopSteps.slice(1));
  const draft = `${dir}.new`;
  const passwordFile = `${dir}.password`;
  await fs.rm(draft, { recursive: true, force: true });
  await fs.mkdir(draft, { mode: 0o700 });
  await fs.writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const file of [draft, passwordFile]) await fs.chown(file, account.uid, account.gid);
  const args = [
    '-D',
    draft,
    '-U',
    'wasit',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
  ];
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (!durable) args.push('--no-sync');
  try {
    await run(initdb, args, { ...account, cwd: '/', env: serverEnvironment });
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
  await fs.rename(draft, dir);
}

async function requireOwn(dir: string): Promise<void> {
  const uid = process.getuid?.();
  const { uid: owner } = await fs.stat(dir);
  if (uid !== 0 && owner !== uid)
    throw new Error(
      `${dir} belongs to user ${owner}; start as that user or root, or choose another WASIT_DATA_DIR`,
    );
}

/** True when a server of ours, started as we would start it, is up. Any other server in the directory is stopped. */
async function takeOver(dir: string, command: string[]): Promise<boolean> {
  for (const pid of await serversIn(dir, postgresProgram)) {
    const runs = (await commandLine(pid)).join('\0') === command.join('\0');
    const current =
      (await fs.readlink(`/proc/${pid}/exe`).catch(() => '')) === (await fs.realpath(command[0] ?? ''));
    if (runs && current && (await waitFor(2000, () => readyPid(dir))) === pid) return true;
    await stopProcess(pid, stopSteps);
  }
  return false;
}

async function launch(command: string[], { dir, logFile, account }: PostgresOptions): Promise<void> {
  // No server runs in here (takeOver saw to it), so whatever pid file there is tells of a dead one.
  await fs.rm(path.join(dir, 'postmaster.pid'), { force: true });
  const log = await fs.open(logFile, 'a');
  const logStart = (await log.stat()).size;
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: serverEnvironment,
  });
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${code ?? signal}`));
  child.unref();
  await log.close();
  // Two minutes: after a crash the server first repeats its log of the last changes.
  const state = await waitFor(120_000, async () => {
    if (failure) return failure;
    return (await readyPid(dir)) === child.pid ? 'ready' : undefined;
  });
  if (state === 'ready') return;
  const said = (await fs.readFile(logFile))
    .subarray(logStart)
    .toString()
    .trim()
    .split('\n')
    .slice(-5)
    .join('\n');
  throw new Error(
    `PostgreSQL did not start: ${state ?? 'it is not ready after two minutes'} (${logFile})\n${said}`,
  );
}

/** The server's pid once it takes connections; it says so in the eighth line of its pid file. */
async function readyPid(dir: string): Promise<number | undefined> {
  const lines = (await fs.readFile(path.join(dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : undefined;
}

/** Fast shutdown (sessions are ended, everything is written); only when that hangs, the immediate one. */
const stopSteps: [NodeJS.Signals, number][] = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5000],
];

async function stopPostgres(dir: string): Promise<void> {
  for (const pid of await serversIn(dir, postgresProgram)) await stopProcess(pid, stopSteps);
}

const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
