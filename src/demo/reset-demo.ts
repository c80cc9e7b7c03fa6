// Throws the embedded installation away: books, bills, keys, messages, orders. The next `npm start` begins anew.

import fs from 'node:fs/promises';
import path from 'node:path';
import { removeEmbeddedData } from '../platform/embedded/index.ts';
import { agencyFilePath } from './agency-file.ts';
import { demoFilePath } from './demo-file.ts';
import { billsFilePath } from './hand-over-bills.ts';

/** Refuses (Error) while a Wasit runs in the directory. */
export async function resetDemo(dataDir: string): Promise<void> {
  await removeEmbeddedData(dataDir);
  for (const folder of ['keys', 'outbox', 'orders'])
    await fs.rm(path.join(dataDir, folder), { recursive: true, force: true });
  for (const file of [demoFilePath(dataDir), agencyFilePath(dataDir), billsFilePath(dataDir)])
    await fs.rm(file, { force: true });
}
