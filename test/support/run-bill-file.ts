// A process that loads one bill file and can be killed: `run-bill-file.ts URL FILE`.
import { loadBillers } from '../../src/billers/index.ts';
import { loadBillFile } from '../../src/bills/load-bill-file.ts';
import { openDatabase } from '../../src/platform/db/index.ts';

const [url = '', fileId = ''] = process.argv.slice(2);
const database = openDatabase(url, { poolSize: 4 });
const [biller] = await database.transaction(loadBillers);
if (biller === undefined) throw new Error('there is no biller');
console.log(await loadBillFile(database, biller, fileId));
await database.close();
