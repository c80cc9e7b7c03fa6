// SQL of the trace's bills: how each stands, what it was, and which file brought it.

import { zoneNow } from '../billers/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { textArray, type Tx } from '../platform/db/index.ts';

export interface BillRow {
  biller_id: number;
  bill_number: string;
  status: 'open' | 'paid' | 'cancelled' | 'expired';
  payer_id: string;
  payer_name: string;
  description: string;
  amount_minor: bigint | null;
  min_minor: bigint | null;
  max_minor: bigint | null;
  due_on: BusinessDate;
  expires_on: BusinessDate | null;
  version: bigint | null;
  revision: number;
  payment_id: string | null;
  received_at: Date;
  file_id: string | null;
}

/**
 * A bill does not name its file: the file is the one that was received at the very instant that all its lines bear
 * (kept to the millisecond).
 */
export function readBills(
  tx: Tx,
  billerIds: readonly number[],
  billNumbers: readonly string[],
): Promise<BillRow[]> {
  return tx.query(
    `select b.biller_id, b.bill_number, b.payer_id, b.payer_name, b.description, b.amount_minor, b.min_minor, b.max_minor,
            b.due_on, b.expires_on, b.version, b.revision, b.payment_id, b.received_at,
            case when b.status = 'open' and b.expires_on < (business_now() at time zone ${zoneNow('r')})::date then 'expired'
                 else b.status end as status,
            (select f.file_id from bill_file f
              where f.biller_id = b.biller_id and date_trunc('milliseconds', f.received_at) = date_trunc('milliseconds', b.received_at)
              limit 1) as file_id
       from biller r join bill b on b.biller_id = r.biller_id
      where r.biller_id = any($1) and b.bill_number = any($2::text[]) order by b.biller_id, b.bill_number`,
    [billerIds, textArray(billNumbers)],
  );
}

export interface HistoryRow {
  biller_id: number;
  bill_number: string;
  reason: 'replaced' | 'cancelled' | 'reversed' | 'reopened';
  recorded_at: Date;
  status: string;
  revision: number;
  amount_minor: bigint | null;
  payment_id: string | null;
  note: { reference?: string; reason?: string } | null;
}

/** What the bills were before each change, oldest first. */
export function readHistory(
  tx: Tx,
  billerIds: readonly number[],
  billNumbers: readonly string[],
): Promise<HistoryRow[]> {
  return tx.query(
    `select biller_id, bill_number, reason, recorded_at, content ->> 'status' as status, (content ->> 'revision')::int as revision,
            (content ->> 'amount_minor')::bigint as amount_minor, (content ->> 'payment_id')::uuid as payment_id,
            content -> 'note' as note
       from bill_history where biller_id = any($1) and bill_number = any($2::text[])
      order by biller_id, bill_number, recorded_at, history_id`,
    [billerIds, textArray(billNumbers)],
  );
}
