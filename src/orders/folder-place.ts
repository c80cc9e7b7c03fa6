// A drop folder: written and flushed beside the place, then renamed into it, so that whoever collects there sees whole
// files only, also after a power cut.

import fs, { constants } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './place.ts';

/** Lies in each folder that orders were put into. */
const MARK = '.wasit';
/** What somebody else has put there is not followed elsewhere and not waited for. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Makes the folder when it is used first. Later throws where the mark is missing: a share that is not mounted would
 * swallow orders, and a file that lies nowhere would pass for collected.
 */
export async function openFolder(folder: string, { isUsed }: { readonly isUsed: boolean }): Promise<Place> {
  await findMark(folder, isUsed);
  const at = (name: string): string => path.join(folder, path.basename(name));
  return {
    read: (name) => readRegular(at(name)),
    async write(name, bytes) {
      await fs.rm(at(name), { force: true });
      const file = await fs.open(at(name), WRITE, 0o640);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(folder);
    },
    async rename(from, to) {
      await fs.rename(at(from), at(to));
      await syncFolder(folder);
    },
    remove: (name) => fs.rm(at(name), { force: true }),
    close: async () => undefined,
  };
}

async function findMark(folder: string, isUsed: boolean): Promise<void> {
  const mark = path.join(folder, MARK);
  if ((await readRegular(mark)) !== undefined) return;
  if (isUsed) {
    throw new Error(
      `${folder} is not where orders were put before: there is no ${MARK} in it; is a share not mounted? If it is the right folder, put an empty file ${MARK} into it`,
    );
  }
  await fs.mkdir(folder, { recursive: true, mode: 0o750 });
  await fs.writeFile(mark, '', { flag: 'a', mode: 0o640 });
  await syncFolder(folder);
}

/** undefined: there is none. Throws on what is no file of its own: a link, a pipe. */
async function readRegular(name: string): Promise<Buffer | undefined> {
  const file = await fs.open(name, READ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    if (file !== undefined && !(await file.stat()).isFile()) throw new Error(`${name} is no regular file`);
    return await file?.readFile();
  } finally {
    await file?.close();
  }
}

/** A rename lasts once its folder has been flushed. */
async function syncFolder(folder: string): Promise<void> {
  const directory = await fs.open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
