// A real OpenSSH server for one test: its own keys, a free port, one account (whoever runs the test) with one key, and a
// folder. It must be installed; a test without it fails and says how to install it.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const SSHD = '/usr/sbin/sshd';

export interface SftpServer {
  readonly port: number;
  readonly user: string;
  /** Where orders are to lie, absolute. */
  readonly folder: string;
  /** `SHA256:…` of the host's key. */
  readonly fingerprint: string;
  /** PEM of the key that is let in. */
  readonly privateKey: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function sftpServer(t: Pick<Test, 'teardown'>): Promise<SftpServer> {
  await access(SSHD).catch(() => {
    throw new Error(`${SSHD} is not there: apt-get install openssh-server`);
  });
  const dir = await mkdtemp(path.join(os.tmpdir(), 'wasit-sshd-'));
  const at = (name: string): string => path.join(dir, name);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('host')]);
  await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', at('client')]);
  const { stdout } = await run('ssh-keygen', ['-l', '-f', at('host.pub')]);
  const folder = at('inbox');
  await mkdir(folder);
  // The server separates privileges in a folder that its package makes at boot.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const port = await freePort();
  await writeFile(at('config'), configOf(port, dir));
  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  const start = async (): Promise<void> => {
    let told = '';
    server = spawn(SSHD, ['-D', '-e', '-f', at('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    server.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await until('the SSH server listens', () => {
      if (server?.exitCode !== null) throw new Error(`the SSH server ended: ${told}`);
      return told.includes('Server listening');
    });
  };
  t.teardown(async () => {
    await stop();
    await rm(dir, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    user: os.userInfo().username,
    folder,
    fingerprint: stdout.split(' ')[1] ?? '',
    privateKey: await readFile(at('client'), 'utf8'),
    stop,
    start,
  };
}

const configOf = (port: number, dir: string): string => `
Port ${port}
ListenAddress 127.0.0.1
HostKey ${dir}/host
AuthorizedKeysFile ${dir}/client.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
Subsystem sftp internal-sftp
`;
