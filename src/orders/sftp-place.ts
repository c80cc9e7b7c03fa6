// A folder of an SFTP account. The server proves itself by the fingerprint of its host key, which the bank has given:
// another key, and nothing is sent. Every step has a time limit, so that a server that hangs frees its worker.

import { createHash, timingSafeEqual } from 'node:crypto';
import path from 'node:path/posix';
import type SftpClient from 'ssh2-sftp-client';
import type { Place } from './place.ts';

export interface SftpAccount {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** As `ssh-keygen -l` shows it: `SHA256:` and base64 without padding. */
  readonly hostKey: string;
  readonly secret: { readonly privateKey: string } | { readonly password: string };
}

const CONNECT_WITHIN_MS = 20_000;
const STEP_WITHIN_MS = 60_000;

/** Throws, naming what is wrong, when the server is not there, is another one, or does not let us in. */
export async function openSftp(account: SftpAccount): Promise<Place> {
  const client = await connectSftp(account);
  return placeOf(client, account.folder);
}

/** Loaded when a bank has such an account: it takes as long as a tenth of everything else. */
async function newClient(...options: ConstructorParameters<typeof SftpClient>): Promise<SftpClient> {
  const { default: Client } = await import('ssh2-sftp-client');
  return new Client(...options);
}

/** Signed in, and the folder is there. Throws as `openSftp`. */
export async function connectSftp(account: SftpAccount): Promise<SftpClient> {
  const { host, port, user: username, secret } = account;
  let shown: string | undefined;
  // A server that breaks the connection off between steps is met by the next step.
  const client = await newClient('wasit', {
    error: () => undefined,
    end: () => undefined,
    close: () => undefined,
  });
  const connecting = client.connect({
    host,
    port,
    username,
    ...secret,
    readyTimeout: CONNECT_WITHIN_MS,
    hostVerifier: (key: Buffer) => isSame((shown = fingerprint(key)), account.hostKey),
  });
  try {
    await within(connecting, CONNECT_WITHIN_MS * 2);
  } catch (error) {
    await client.end().catch(() => undefined);
    if (shown !== undefined && !isSame(shown, account.hostKey))
      throw new Error(`the host key of ${host}:${port} is ${shown} and not the one given`, { cause: error });
    throw error;
  }
  // A folder that is not there holds no file either, which must not pass for the bank having collected it.
  const found = await within(client.exists(account.folder), STEP_WITHIN_MS).catch((error: unknown) => error);
  if (found === 'd' || found === 'l') return client;
  await endSftp(client);
  throw new Error(`${account.folder} is no folder at ${host}:${port}`, { cause: found });
}

function placeOf(client: SftpClient, folder: string): Place {
  const at = (name: string): string => path.join(folder, path.basename(name));
  const step = <T>(work: Promise<T>): Promise<T> => within(work, STEP_WITHIN_MS);
  const read = async (name: string): Promise<Buffer | undefined> => {
    if ((await step(client.exists(at(name)))) === false) return undefined;
    const bytes = await step(client.get(at(name)));
    if (!Buffer.isBuffer(bytes)) throw new Error(`${name} was not read as bytes`);
    return bytes;
  };
  return {
    read,
    async write(name, bytes) {
      await step(client.put(bytes, at(name), { writeStreamOptions: { flags: 'w', mode: 0o640 } }));
      const there = await read(name);
      if (there?.equals(bytes) !== true) throw new Error(`${name} was not stored as it was sent`);
    },
    async rename(from, to) {
      await step(client.rename(at(from), at(to)));
    },
    async remove(name) {
      await step(client.delete(at(name), true));
    },
    close: () => endSftp(client),
  };
}

export async function endSftp(client: SftpClient): Promise<void> {
  await within(client.end(), STEP_WITHIN_MS).catch(() => undefined);
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text.replace(/=+$/, '')).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

export async function within<T>(work: Promise<T>, ms: number = STEP_WITHIN_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the SFTP server did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
