// A dropped file made ours before it is read: moved into a folder of its own in `.taking`, in one step. A newer file under
// its name is another file from then on, and of several workers one has it. Whoever works on it keeps touching its folder;
// one that is not touched for a minute belonged to a worker that was killed, and goes to whoever comes.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileIn, type DroppedFile } from './drop-folder.ts';
import type { DropMemory } from './drop-memory.ts';

/** `home` holds this file alone. */
export interface Claim {
  readonly file: DroppedFile;
  readonly home: string;
}

const ROOM = '.taking';
/** Given back, for whoever comes. */
const FREE = 'free-';
const BEAT_MS = 10_000;

/** undefined: another was quicker. */
export async function claimFile(file: DroppedFile): Promise<Claim | undefined> {
  const home = path.join(file.folder, ROOM, randomUUID());
  await fs.mkdir(home, { recursive: true, mode: 0o750 });
  const claimed = fileIn(file.folder, home, file.raw);
  const isOurs = await unlessGone(fs.rename(file.at, claimed.at)).catch(async (error: unknown) => {
    await fs.rmdir(home);
    throw error;
  });
  if (isOurs) return { file: claimed, home };
  await fs.rmdir(home);
  return undefined;
}

/** false: what bears the name of the room is no folder, and nothing can be claimed here. */
export async function hasRoom(folder: string): Promise<boolean> {
  const found = await fs.lstat(path.join(folder, ROOM)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.isDirectory() ?? true;
}

/** Homes of claims that were given back, or that nobody has touched for `idleMs`. */
export async function leftClaims(folder: string, memory: DropMemory, idleMs: number): Promise<string[]> {
  const left: string[] = [];
  for (const name of await namesIn(path.join(folder, ROOM))) {
    const home = path.join(folder, ROOM, name.toString());
    const found = await fs.lstat(home).catch(() => undefined);
    if (found?.isDirectory() !== true) continue;
    if (name.toString().startsWith(FREE) || memory.isSame(`claim ${home}`, String(found.mtimeMs), idleMs))
      left.push(home);
  }
  return left;
}

/** undefined: another was quicker, or nothing is left in it. */
export async function takeOver(folder: string, left: string): Promise<Claim | undefined> {
  const home = path.join(folder, ROOM, randomUUID());
  if (!(await unlessGone(fs.rename(left, home)))) return undefined;
  const [raw] = await namesIn(home);
  if (raw !== undefined) return { file: fileIn(folder, home, raw), home };
  await fs.rmdir(home);
  return undefined;
}

/** Until the returned function is called, nobody takes it for left. */
export function keepTouched({ home }: Claim): () => void {
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
    // Any other time than before will do. One that another has taken is gone, and his.
    void fs.utimes(home, beats, beats).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return () => clearInterval(beat);
}

/** What still lies in it goes to whoever comes next. */
export async function giveBack({ home }: Claim): Promise<void> {
  const left = await fs.rmdir(home).catch((error: NodeJS.ErrnoException) => error.code);
  if (left === undefined || left === 'ENOENT') return;
  await unlessGone(fs.rename(home, path.join(path.dirname(home), `${FREE}${path.basename(home)}`)));
}

/** When nobody has claimed anything. */
export async function clearRoom(folder: string): Promise<void> {
  await fs.rmdir(path.join(folder, ROOM)).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code ?? '')) throw error;
  });
}

/** false: it is not there any more, for another has taken it. */
export async function unlessGone(moving: Promise<void>): Promise<boolean> {
  try {
    await moving;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function namesIn(folder: string): Promise<Buffer[]> {
  return fs.readdir(folder, { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
