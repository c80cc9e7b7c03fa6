// A worker that makes and hands over orders and dies on the way: run-remitter.ts DATABASE_URL DATA_DIR
// POINT. It kills itself there as a power cut would.
import { orderWriter } from '../../src/dialects/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import { handOver, openBankPlace } from '../../src/orders/index.ts';
import { makeOrders } from '../../src/settlement/orders/index.ts';

/** Of the test's world. */
const MASTER_KEY = Buffer.alloc(32, 7);
const [databaseUrl = '', dataDir = '', point = ''] = process.argv.slice(2);
const database = openDatabase(databaseUrl);
const log = { info: () => undefined, warn: console.error, error: console.error };

async function dieAt(reached: string): Promise<void> {
  if (reached !== point) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

await makeOrders({ database, masterKey: MASTER_KEY, writer: orderWriter, log });
await dieAt('ordered');
await handOver({
  database,
  masterKey: MASTER_KEY,
  kinds: orderKinds,
  log,
  leaseMs: 0,
  openPlace: (bank) => openBankPlace(bank, { masterKey: MASTER_KEY, dataDir }),
  at: dieAt,
});
await database.close();
