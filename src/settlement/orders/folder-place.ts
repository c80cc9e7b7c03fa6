// A drop folder: written and flushed beside the place, then renamed into it, so that whoever collects there sees whole
// files only, also after a power cut.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './place.ts';

export async function openFolder(folder: string): Promise<Place> {
  await fs.mkdir(folder, { recursive: true, mode: 0o750 });
  const at = (name: string): string => path.join(folder, path.basename(name));
  return {
    async read(name) {
      try {
        return await fs.readFile(at(name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      const file = await fs.open(at(name), 'w', 0o640);
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

/** A rename lasts once its folder has been flushed. */
async function syncFolder(folder: string): Promise<void> {
  const directory = await fs.open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
