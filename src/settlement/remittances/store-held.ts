// SQL of the remittances that wait, of the requests about them, and of the business date of their batch.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface Held {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  /** Persons have accepted it before it came to wait for something else. */
  readonly isApproved: boolean;
}

export async function heldRemittances(tx: Tx): Promise<Held[]> {
  const rows = await tx.query<{ biller_id: number; remittance_id: Uuid; is_approved: boolean }>(
    `select r.biller_id, r.remittance_id, coalesce(a.state = 'accepted', false) as is_approved
       from remittance r left join approval a on a.biller_id = r.biller_id and a.approval_id = r.approval_id
      where r.state in ('planned', 'approved') and r.held is not null
      order by r.biller_id, r.remittance_id`,
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    remittanceId: row.remittance_id,
    isApproved: row.is_approved,
  }));
}

export async function batchDate(tx: Tx, billerId: number, settlementId: Uuid): Promise<BusinessDate> {
  const [row] = await tx.query<{ business_date: BusinessDate }>(
    'select business_date from settlement_batch where biller_id = $1 and settlement_id = $2',
    [billerId, settlementId],
  );
  if (row === undefined) throw new Error(`biller ${billerId} has no batch ${settlementId}`);
  return row.business_date;
}

/** Requests about one thing so far. */
export async function timesAsked(tx: Tx, billerId: number, kind: string, subject: string): Promise<number> {
  const [row] = await tx.query<{ times: number }>(
    'select count(*)::int as times from approval where biller_id = $1 and kind = $2 and subject = $3',
    [billerId, kind, subject],
  );
  return row?.times ?? 0;
}

/** Whether the request still waits for persons. */
export async function isOpen(tx: Tx, billerId: number, approvalId: Uuid): Promise<boolean> {
  const [row] = await tx.query(
    `select from approval where biller_id = $1 and approval_id = $2 and state in ('open', 'returned')`,
    [billerId, approvalId],
  );
  return row !== undefined;
}

export function countHeld(tx: Tx): Promise<{ held: string; count: number }[]> {
  return tx.query(
    `select held, count(*)::int as count from remittance
      where state in ('planned', 'approved') and held is not null group by held`,
  );
}
