// Cancellation by the agency: the bill cannot be paid any more until a higher version reopens it. Repeatable: a
// cancelled bill is answered as it is, whatever reference asks again.

import type { Biller } from '../billers/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import { readWritten } from './read-bill.ts';
import type { BillAnswer } from './bill-answer.ts';
import type { CancellationBody } from './schema.ts';
import { keepHistory, lockStanding, markCancelled, readInDebit, readNow } from './store-bill.ts';

/** Locks the bill. Refuses `bill-not-found`, `bill-already-paid` and `bill-in-debit`. */
export function cancelBill(
  database: Database,
  biller: Biller,
  billNumber: string,
  body: CancellationBody,
): Promise<BillAnswer | Refusal> {
  const { billerId, calendar } = biller;
  return database.nodeOf(billerId).transaction(async (tx) => {
    const standing = await lockStanding(tx, billerId, billNumber);
    if (standing === undefined) return refuse('bill-not-found', { billNumber });
    if (standing.status === 'paid') return refuse('bill-already-paid', { billNumber });
    const { now, today } = await readNow(tx, calendar);
    const inDebit = await readInDebit(tx, billerId, [billNumber]);
    if (standing.status === 'open' && inDebit.has(billNumber)) return refuse('bill-in-debit', { billNumber });
    if (standing.status === 'open') {
      const note = { reference: body.reference, reason: body.reason };
      await keepHistory(tx, billerId, billNumber, {
        historyId: newId(now.getTime(), billerId),
        reason: 'cancelled',
        now,
        note,
      });
      await markCancelled(tx, billerId, billNumber);
    }
    return readWritten(tx, biller, billNumber, today);
  });
}
