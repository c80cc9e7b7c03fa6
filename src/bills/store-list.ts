// SQL of the list of an agency's bills.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import { BILL, type BillRow } from './store-bill.ts';

export interface BillsWish {
  readonly state: 'open' | 'paid' | 'cancelled' | 'expired' | null;
  readonly payerId: string | null;
  readonly dueFrom: BusinessDate | null;
  readonly dueTo: BusinessDate | null;
  readonly unit: string | null;
  readonly after: string | null;
  readonly limit: number;
  /** Bills to look at, at the most. */
  readonly look: number;
  /** Of the biller's own place: whether a bill has expired. */
  readonly today: BusinessDate;
}

export interface ListedRow extends BillRow {
  is_wanted: boolean;
}

const WANTED = `case $3::text when 'open' then b.status = 'open' and (b.expires_on is null or b.expires_on >= $4)
    when 'expired' then b.status = 'open' and b.expires_on < $4 else $3 is null or b.status = $3 end
  and ($5::date is null or b.due_on >= $5) and ($6::date is null or b.due_on <= $6) and ($7::text is null or b.unit = $7)`;

/** By bill number: those that are wanted, and the last that was looked at, wanted or not. */
export function readBills(tx: Tx, billerId: number, wish: BillsWish): Promise<ListedRow[]> {
  return tx.query<ListedRow>(
    `with looked as materialized (
       select b.bill_number, coalesce(${WANTED}, false) as is_wanted from bill b
        where b.biller_id = $1 and ($2::text is null or b.payer_id = $2) and ($8::text is null or b.bill_number > $8)
        order by b.bill_number limit $9
     ), taken as (
       (select bill_number, is_wanted from looked where is_wanted order by bill_number limit $10)
       union
       (select bill_number, is_wanted from looked order by bill_number desc limit 1)
     )
     select ${BILL}, taken.is_wanted from taken join bill b on b.biller_id = $1 and b.bill_number = taken.bill_number
      order by b.bill_number`,
    [
      billerId,
      wish.payerId,
      wish.state,
      wish.today,
      wish.dueFrom,
      wish.dueTo,
      wish.unit,
      wish.after,
      wish.look,
      wish.limit,
    ],
  );
}

export async function isMoreAfter(
  tx: Tx,
  billerId: number,
  after: string,
  payerId: string | null,
): Promise<boolean> {
  const rows = await tx.query(
    `select from bill where biller_id = $1 and bill_number > $2 and ($3::text is null or payer_id = $3) limit 1`,
    [billerId, after, payerId],
  );
  return rows.length > 0;
}
