// SQL of the orders that a bank's answer names, and of what became of each as a whole.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface OrderFile {
  readonly fileId: Uuid;
  readonly accountId: number;
  /** Whose money it carries. */
  readonly billerIds: readonly number[];
}

export async function findOrderFile(tx: Tx, messageId: string): Promise<OrderFile | undefined> {
  const [row] = await tx.query<{ file_id: Uuid; account_id: number; biller_ids: number[] | null }>(
    `select file_id, account_id,
            (select array_agg(distinct r.biller_id) from remittance r where r.file_id = f.file_id) as biller_ids
       from order_file f where message_id = $1`,
    [messageId],
  );
  return row && { fileId: row.file_id, accountId: row.account_id, billerIds: row.biller_ids ?? [] };
}

/** By its transfers: all rejected, some, none. Whoever answers has the file, so one that is still `made` was handed over. */
export async function setOrderState(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query(
    `update order_file f set state = case r.rejected when 0 then 'accepted' when r.transfers then 'rejected' else 'partly' end
       from (select count(*) as transfers, count(*) filter (where state = 'rejected') as rejected
               from remittance where file_id = $1) r
      where f.file_id = $1 and f.state <> 'made'`,
    [fileId],
  );
}
