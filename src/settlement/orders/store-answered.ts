// SQL of the orders that a bank's answer names, and of what became of each as a whole.

import type { Uuid } from '../../kernel/ids.ts';
import { textArray, type Tx } from '../../platform/db/index.ts';

export interface OrderFile {
  readonly fileId: Uuid;
  readonly messageId: string;
  readonly accountId: number;
  readonly bankId: number;
  /** Whose money it carries. */
  readonly billerIds: readonly number[];
  /** `made`: the bank cannot have it; `offered`: it may, and that is not noted yet; `told`: it has, and it is. */
  readonly stands: 'made' | 'offered' | 'told';
}

/** Locked in the order of their ids, so that nobody hands one over or answers it meanwhile; by message id. */
export async function lockOrderFiles(tx: Tx, messageIds: readonly string[]): Promise<Map<string, OrderFile>> {
  const rows = await tx.query<{
    file_id: Uuid;
    message_id: string;
    account_id: number;
    bank_id: number;
    biller_ids: number[] | null;
    stands: OrderFile['stands'];
  }>(
    `select f.file_id, f.message_id, f.account_id, a.bank_id,
            (select array_agg(distinct r.biller_id) from remittance r where r.file_id = f.file_id) as biller_ids,
            case when f.state <> 'made' then 'told' when f.offered_at is null then 'made' else 'offered' end as stands
       from order_file f join bank_account a on a.account_id = f.account_id
      where f.message_id = any($1::text[]) order by f.file_id for no key update of f`,
    [textArray(messageIds)],
  );
  return new Map(
    rows.map((row) => [
      row.message_id,
      {
        fileId: row.file_id,
        messageId: row.message_id,
        accountId: row.account_id,
        bankId: row.bank_id,
        billerIds: row.biller_ids ?? [],
        stands: row.stands,
      },
    ]),
  );
}

/** The remittances of a file of which a note begins so. */
export async function settledOfFile(tx: Tx, fileId: Uuid, beginning: string): Promise<Set<Uuid>> {
  const rows = await tx.query<{ remittance_id: Uuid }>(
    `select distinct s.remittance_id
       from remittance r join remittance_step s on s.biller_id = r.biller_id and s.remittance_id = r.remittance_id
      where r.file_id = $1 and starts_with(s.reason, $2)`,
    [fileId, beginning],
  );
  return new Set(rows.map((row) => row.remittance_id));
}

/** By its transfers: all rejected, some, none. */
export async function setOrderState(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query(
    `update order_file f set state = case r.rejected when 0 then 'accepted' when r.transfers then 'rejected' else 'partly' end
       from (select count(*) as transfers, count(*) filter (where state = 'rejected') as rejected
               from remittance where file_id = $1) r
      where f.file_id = $1`,
    [fileId],
  );
}
