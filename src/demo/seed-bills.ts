// The demo agencies' bills, sent the way an agency sends them: as a bill file. An agency that has sent a file gets
// no other, so that what was paid and changed since stays.

import { Readable } from 'node:stream';
import type { Biller } from '../billers/index.ts';
import { cancelBill, importBillFile } from '../bills/index.ts';
import { calendarDate } from '../calendar/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { DemoBiller } from './billers.ts';
import { BILLS_EACH, billNumberOf, CANCELLED_BILLS, makeBills } from './make-bills.ts';
import { hasLoadedFile } from './store.ts';

export async function seedBills(
  database: Database,
  biller: Biller,
  demo: DemoBiller,
  now: Date,
): Promise<void> {
  if (await database.transaction((tx) => hasLoadedFile(tx, biller.billerId))) return;
  const today = calendarDate(now, biller.calendar);
  const lines = makeBills(demo, today).map((bill) => `${JSON.stringify(bill)}\n`);
  const stream = Readable.from([Buffer.from(lines.join(''))]);
  const file = await importBillFile(database, biller, {
    format: 'ndjson',
    compressed: false,
    stream,
  });
  if ('code' in file) throw new Error(`the bills of ${demo.code} were refused: ${JSON.stringify(file)}`);
  if (file.state !== 'done' || file.counts.rejected > 0) {
    throw new Error(
      `the bills of ${demo.code} could not be loaded: ${file.failure ?? file.rejects[0]?.detail}`,
    );
  }
  for (let number = BILLS_EACH - CANCELLED_BILLS + 1; number <= BILLS_EACH; number++) {
    const body = { reference: `demo-cancel-${number}`, reason: 'Issued twice' };
    await cancelBill(database, biller, billNumberOf(demo.code, today, number), body);
  }
}
