// Throws the embedded installation away: books, bills, keys. The next `npm start` begins anew.

import fs from 'node:fs/promises';
import path from 'node:path';
import { removeEmbeddedData } from '../platform/embedded/index.ts';
import { demoFilePath } from './demo-file.ts';

/** Refuses (Error) while a Wasit runs in the directory. */
export async function resetDemo(dataDir: string): Promise<void> {
  await removeEmbeddedData(dataDir);
  await fs.rm(path.join(dataDir, 'keys'), { recursive: true, force: true });
  await fs.rm(demoFilePath(dataDir), { force: true });
}
