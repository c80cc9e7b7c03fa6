// Puts a file into a folder that somebody watches: whole under its name, or not at all.

import fs from 'node:fs/promises';
import path from 'node:path';

export async function layFile(folder: string, name: string, bytes: string | Buffer): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, `${name}.part`), bytes);
  await fs.rename(path.join(folder, `${name}.part`), path.join(folder, name));
}
