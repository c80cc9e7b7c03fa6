// Makes every document of a settlement in a process of its own and says their digests: `run-documents.ts URL ID`.
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { openDatabase } from '../../../src/platform/db/index.ts';
import { DOCUMENTS } from '../../../src/settlement/documents/document.ts';
import { documentBytes } from '../../../src/settlement/documents/make-documents.ts';
import { readReport } from '../../../src/settlement/documents/store-report.ts';

const [url = '', settlementId = ''] = process.argv.slice(2);
const database = openDatabase(url);
const report = await database.transaction((tx) => readReport(tx, 1, settlementId));
if (report === undefined) throw new Error('no report');
const digests: Record<string, string> = {};
for (const { format, language } of DOCUMENTS) {
  const bytes = await buffer(documentBytes(database, report, { format, language }));
  digests[`${format} ${language}`] = createHash('sha256').update(bytes).digest('hex');
}
process.stdout.write(JSON.stringify(digests));
await database.close();
