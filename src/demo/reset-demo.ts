// Throws the embedded installation away: books, bills, keys, messages, orders, reports, statements. The next `npm start` begins anew.

import fs from 'node:fs/promises';
import path from 'node:path';
import { removeEmbeddedData } from '../platform/embedded/index.ts';
import { agencyFilePath } from './agency-file.ts';
import { bankFilePath } from './bank/bank-books.ts';
import { linkFilePath } from './bank/link-file.ts';
import { demoFilePath } from './demo-file.ts';
import { billsFilePath } from './hand-over-bills.ts';

/** Refuses (Error) while a Wasit runs in the directory. */
export async function resetDemo(dataDir: string): Promise<void> {
  await removeEmbeddedData(dataDir);
  for (const folder of ['answers', 'keys', 'outbox', 'orders', 'reports', 'statements'])
    await fs.rm(path.join(dataDir, folder), { recursive: true, force: true });
  const files = [demoFilePath, agencyFilePath, billsFilePath, bankFilePath, linkFilePath];
  for (const fileOf of files) await fs.rm(fileOf(dataDir), { force: true });
}
