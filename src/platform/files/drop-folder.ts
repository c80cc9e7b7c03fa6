// A folder into which others put files for us, in the order of their names. Names need not be UTF-8: places are kept in
// bytes. What is done with is moved aside; nothing is deleted, and nothing ever goes over another of the same name.

import fs from 'node:fs/promises';
import path from 'node:path';

/** `raw` is the name in bytes, `at` the place, `name` how it is shown. */
export interface DroppedFile {
  readonly folder: string;
  readonly name: string;
  readonly raw: Buffer;
  readonly at: Buffer;
}

/** `others`: what is no regular file (a link, a pipe, a folder that is none of ours). */
export interface DropListing {
  readonly files: readonly DroppedFile[];
  readonly others: readonly DroppedFile[];
}

const ASIDE = /^(?:read|refused)(?:\.\d+)?$/;
/** Of a name that gets a number behind it: names have at most 255 bytes. */
const LONGEST_BYTES = 240;

/** Plain files, hidden ones and parts left out; a folder that is not there has none. */
export async function droppedFiles(folder: string): Promise<readonly DroppedFile[]> {
  return (await listDropped(folder)).files;
}

export async function listDropped(folder: string): Promise<DropListing> {
  const reading = fs.readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const entries = await reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files: DroppedFile[] = [];
  const others: DroppedFile[] = [];
  for (const entry of entries) {
    const file = fileIn(folder, folder, entry.name);
    if (file.name.startsWith('.')) continue;
    if (!entry.isFile()) {
      if (!(entry.isDirectory() && ASIDE.test(file.name))) others.push(file);
    } else if (!/\.(part|tmp)$/i.test(file.name)) files.push(file);
  }
  files.sort((one, other) => Buffer.compare(one.raw, other.raw));
  return { files, others };
}

/** `where` it lies need not be the folder that it was put into. */
export function fileIn(folder: string, where: string, raw: Buffer): DroppedFile {
  return { folder, name: raw.toString(), raw, at: placeIn(where, raw) };
}

/**
 * Into the folder `where` beside it. Its name is reserved before it is moved there: of two that come at once each has its
 * own. `blocked` is told what bears the name of the folder and is none.
 */
export async function setAside(
  { folder, raw, at }: DroppedFile,
  where: string,
  blocked: (name: string) => void = () => undefined,
): Promise<void> {
  const aside = await openAside(folder, where, blocked);
  const taken = new Set(
    (await fs.readdir(aside, { encoding: 'buffer' })).map((name) => name.toString('hex')),
  );
  const isFolder = (await fs.lstat(at)).isDirectory();
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? raw : Buffer.concat([raw.subarray(0, LONGEST_BYTES), Buffer.from(`.${nth}`)]);
    const to = placeIn(aside, name);
    if (taken.has(name.toString('hex')) || !(await reserve(to, isFolder))) continue;
    return fs.rename(at, to);
  }
}

/** The first of `where`, `where.2` … that is a folder or becomes one. Links are not followed. */
async function openAside(folder: string, where: string, blocked: (name: string) => void): Promise<string> {
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? where : `${where}.${nth}`;
    const at = path.join(folder, name);
    await made(fs.mkdir(at));
    if ((await fs.lstat(at)).isDirectory()) return at;
    blocked(name);
  }
}

function reserve(to: Buffer, isFolder: boolean): Promise<boolean> {
  return made(isFolder ? fs.mkdir(to) : fs.writeFile(to, '', { flag: 'wx' }));
}

/** false: there was one. */
async function made(making: Promise<unknown>): Promise<boolean> {
  try {
    await making;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function placeIn(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(folder + path.sep), name]);
}
