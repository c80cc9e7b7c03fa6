// SQL of mandates that end here while the payer's bank has them; how the bank is told is the bank link's.

import type { Tx } from '../../platform/db/index.ts';
import type { Mandate } from './mandate.ts';

/**
 * The bank is to be told, where it has the mandate, or may have it: it has opened it, has said yes to it, or was called for it. Not
 * while such a call is under way.
 */
export async function insertEnding(
  tx: Tx,
  { billerId, mandateId, channelId, state, openedBy }: Mandate,
  at: Date,
): Promise<void> {
  const hasIt = openedBy === 'bank' || (state !== 'draft' && state !== 'submitted');
  await tx.query(
    `insert into mandate_cancellation (biller_id, mandate_id, channel_id, state, try_at, changed_at)
     select $1, $2, $3, 'waiting', greatest(clock_timestamp(), s.until), $4
       from (select bool_or(tries > 0) as tried, max(try_at) filter (where state = 'waiting' and tries > 0) as until
               from mandate_submission where biller_id = $1 and mandate_id = $2) s
      where $5::boolean or s.tried
     on conflict (biller_id, mandate_id) do nothing`,
    [billerId, mandateId, channelId, at, hasIt],
  );
}

/** `by-hand`: the bank has it, and is not called; null: it need not be told. */
export const BANK_TOLD = ['told', 'waiting', 'by-hand'] as const;
export type BankTold = (typeof BANK_TOLD)[number];

/** Of mandate `m`. */
export const BANK_TOLD_OF = `(
  select case when e.state = 'told' then 'told' when l.way = 'api' then 'waiting' else 'by-hand' end
    from mandate_cancellation e left join bank_link l on l.channel_id = e.channel_id
   where e.biller_id = m.biller_id and e.mandate_id = m.mandate_id
     and (e.state = 'told' or l.way = 'api'
       or exists (select from mandate_step s where s.biller_id = m.biller_id and s.mandate_id = m.mandate_id and s.action = 'bank-validated')
       or exists (select from mandate_submission s join order_file f using (file_id)
                   where s.biller_id = m.biller_id and s.mandate_id = m.mandate_id and f.state <> 'withdrawn')))`;

export async function bankTold(
  tx: Tx,
  { billerId, mandateId }: Pick<Mandate, 'billerId' | 'mandateId'>,
): Promise<BankTold | null> {
  const [row] = await tx.query<{ told: BankTold | null }>(
    `select ${BANK_TOLD_OF} as told from (select $1::int as biller_id, $2::uuid as mandate_id) m`,
    [billerId, mandateId],
  );
  return row?.told ?? null;
}
