// JSON and other text in the data directory that only its owner may read, for it holds keys. Written whole or not at all.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';

/** undefined: there is none. Throws on one that is no JSON; `holds` is what the next start makes anew without it. */
export async function readPrivateJson<T>(file: string, holds: string): Promise<T | undefined> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    const cure = `delete it, and the next start makes new ${holds} and writes it again`;
    throw new Error(`${file} is no JSON; ${cure}`, { cause });
  }
}

export function writePrivateJson(file: string, content: object): Promise<void> {
  return writePrivately(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Mode 0600 from its first byte on. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await fs.writeFile(draft, text, { mode: 0o600 });
  await fs.rename(draft, file);
}
