// SQL of credits on agencies' own accounts that were none of our business, and are when a channel's account is told later.

import type { Tx } from '../../platform/db/index.ts';

/** Billers of whose own accounts a statement says something of the last `days`, in the order in which their lines are locked. */
export async function billersStated(tx: Tx, days: number): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>(
    `select distinct biller_id from statement
      where biller_id is not null and state = 'read' and to_date >= (business_now() at time zone 'UTC')::date - $1::int
      order by biller_id`,
    [days],
  );
  return rows.map((row) => row.biller_id);
}

/** They wait again. `account` as channel_account has it; the lines of these billers are locked. */
export async function putBackFrom(
  tx: Tx,
  account: string,
  billerIds: readonly number[],
  days: number,
): Promise<void> {
  await tx.query(
    `with again as (
       update statement_line l set outcome = null, placed_at = null
        where l.biller_id = any($2::int[]) and l.outcome = 'other' and l.amount_minor > 0 and not l.is_reversal
          and l.booked_on >= (business_now() at time zone 'UTC')::date - $3::int
          and upper(regexp_replace(l.counterparty_account, '[\\s-]', '', 'g')) = $1
          and not exists (select from statement_match m where m.statement_id = l.statement_id and m.line = l.line)
       returning l.statement_id)
     update statement s set placed_at = null where s.statement_id in (select statement_id from again)`,
    [account, billerIds, days],
  );
}
