// `session.json` in the data directory: the session of whoever works at this command line, and which gateway it is of.
// It is as good as his password while it lasts, so only its owner may read it.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

export interface SessionFile {
  readonly baseUrl: string;
  readonly login: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** undefined: nobody is signed in here. */
export async function readSessionFile(dataDir: string): Promise<SessionFile | undefined> {
  const text = await fs.readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const file = JSON.parse(text) as Partial<SessionFile>;
  const { baseUrl, login, token, expiresAt } = file;
  if (baseUrl === undefined || login === undefined || token === undefined || expiresAt === undefined)
    return undefined;
  return { baseUrl, login, token, expiresAt };
}

export async function writeSessionFile(dataDir: string, file: SessionFile): Promise<void> {
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${fileOf(dataDir)}.${randomUUID()}`;
  await fs.writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await fs.rename(draft, fileOf(dataDir));
}

export function removeSessionFile(dataDir: string): Promise<void> {
  return fs.rm(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return path.join(dataDir, 'session.json');
}
