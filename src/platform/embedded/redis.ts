// The embedded Redis. It only carries: what it holds may be lost at any moment, so it is flushed once a second.
// Like PostgreSQL it runs on its own and is taken over by the next start; it is ours when it works in our directory.
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import type { Service } from './keep-running.ts';
import { requireFreePort } from './ports.ts';
import { serversIn, stopProcess, waitFor } from './processes.ts';
import { redisProgram } from './redis-program.ts';
import type { Account } from './run-as.ts';

export const redisServer = /^(redis|valkey)-server$/;

export interface RedisOptions {
  /** Real path; made when it is missing. */
  dir: string;
  port: number;
  durable: boolean;
  cacheDir: string;
  logFile: string;
  account: Account | undefined;
  log: (line: string) => void;
}

/** Undefined when no redis-server can be had. Refuses when the port is taken by somebody else. */
export async function startRedis(options: RedisOptions): Promise<Service | undefined> {
  const { dir, port, account } = options;
  await fs.mkdir(dir, { recursive: true, mode: 0o700 });
  if (account) await fs.chown(dir, account.uid, account.gid);
  if (!(await takeOver(dir, port)) && !(await launch(options))) return undefined;
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopRedis(dir) };
}

/** True when our own server answers on the port. One of ours on another port is stopped. */
async function takeOver(dir: string, port: number): Promise<boolean> {
  const pids = await serversIn(dir, redisServer);
  if (pids.length === 0) return false;
  if ((await workingDirectory(port)) === dir) return true;
  await stopRedis(dir);
  return false;
}

async function launch({
  dir,
  port,
  durable,
  cacheDir,
  logFile,
  account,
  log,
}: RedisOptions): Promise<boolean> {
  const found = await redisProgram(cacheDir, log);
  if (!found) return false;
  await requireFreePort(port, 'WASIT_REDIS_PORT');
  const settings: Record<string, string> = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    appendonly: durable ? 'yes' : 'no',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  const output = await fs.open(logFile, 'a');
  const child = spawn(
    found.file,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { ...account, cwd: '/', detached: true, stdio: ['ignore', output.fd, output.fd], env: found.env },
  );
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${code ?? signal}`));
  child.unref();
  await output.close();
  const state = await waitFor(30_000, async () => {
    if (failure) return failure;
    return (await workingDirectory(port)) === dir ? 'ready' : undefined;
  });
  if (state !== 'ready')
    throw new Error(`Redis did not start: ${state ?? 'it is not ready after 30 s'}; see ${logFile}`);
  return true;
}

/** What the server on the port answers to CONFIG GET dir; undefined when nobody does, or it still loads its data. */
function workingDirectory(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\nCONFIG GET dir\r\n'));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (/^-|\r\ndir\r\n\$\d+\r\n.*\r\n/m.test(answer)) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(/^\+PONG\r\n[^]*\r\ndir\r\n\$\d+\r\n(.*)\r\n/.exec(answer)?.[1]));
  });
}

async function stopRedis(dir: string): Promise<void> {
  for (const pid of await serversIn(dir, redisServer))
    await stopProcess(pid, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 5000],
    ]);
}
