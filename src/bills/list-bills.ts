// The bills of an agency by number, narrowed by what people look for. A page looks at a bounded number of bills, so that what
// is rare among millions does not keep the database: it may then have fewer than were asked for, and `next` goes on.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import type { BillAnswer } from './bill-answer.ts';
import { showBill, type ReaderBiller } from './read-bill.ts';
import { readNow } from './store-bill.ts';
import { isMoreAfter, readBills } from './store-list.ts';

const LOOK = 20_000;

export interface BillsQuery {
  readonly state?: 'open' | 'paid' | 'cancelled' | 'expired';
  readonly payerId?: string;
  readonly dueFrom?: BusinessDate;
  readonly dueTo?: BusinessDate;
  readonly unit?: string;
  /** The number of the last bill of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export function listBills(
  database: Database,
  biller: ReaderBiller,
  query: BillsQuery,
): Promise<{ items: BillAnswer[]; next: string | null }> {
  const { billerId, calendar } = biller;
  return database.nodeOf(billerId).transaction(async (tx) => {
    const { today } = await readNow(tx, calendar);
    const payerId = query.payerId ?? null;
    const rows = await readBills(tx, billerId, {
      state: query.state ?? null,
      payerId,
      dueFrom: query.dueFrom ?? null,
      dueTo: query.dueTo ?? null,
      unit: query.unit ?? null,
      after: query.after ?? null,
      limit: query.limit,
      look: LOOK,
      today,
    });
    const wanted = rows.filter((row) => row.is_wanted).slice(0, query.limit);
    const isFull = wanted.length === query.limit;
    const end = (isFull ? wanted : rows).at(-1)?.bill_number;
    const isMore = end !== undefined && (await isMoreAfter(tx, billerId, end, payerId));
    return { items: wanted.map((row) => showBill(row, biller, today)), next: isMore ? end : null };
  });
}
