// SQL of a channel's statement: dues by their business date, transfers by the day on which the bank booked them. What is
// moved on of what was paid ahead adds up to nothing and is not seen.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface StatementSpan {
  readonly channelId: number;
  readonly currency: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

/** What was owed before the first day. */
export async function readOpening(tx: Tx, { channelId, currency, from }: StatementSpan): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `select coalesce((select sum(owed_minor) from channel_due
                       where channel_id = $1 and currency = $2 and business_date < $3), 0)::bigint
          - coalesce((select sum(amount_minor) from channel_payment
                       where channel_id = $1 and currency = $2 and paid_on < $3), 0)::bigint as minor`,
    [channelId, currency, from],
  );
  return row?.minor ?? 0n;
}

export interface DueLineRow {
  business_date: BusinessDate;
  /** null: the operator's own book. */
  biller: string | null;
  collected_minor: bigint;
  reversed_minor: bigint;
  adjusted_minor: bigint;
  due_on: BusinessDate;
}

/** By business date and biller. */
export function readDueLines(tx: Tx, span: StatementSpan, limit: number): Promise<DueLineRow[]> {
  return tx.query<DueLineRow>(
    `select d.business_date, b.code as biller, d.collected_minor, d.reversed_minor, d.adjusted_minor, d.due_on
       from channel_due d left join biller b on b.biller_id = d.biller_id
      where d.channel_id = $1 and d.currency = $2 and d.business_date between $3 and $4
      order by 1, 2 limit $5`,
    [span.channelId, span.currency, span.from, span.to, limit],
  );
}

export interface TransferRow {
  paid_on: BusinessDate;
  valued_on: BusinessDate | null;
  reference: string | null;
  minor: bigint;
}

/** By the day of booking. The reference is the bank's, else the one that the channel gave. */
export function readTransfers(tx: Tx, span: StatementSpan, limit: number): Promise<TransferRow[]> {
  return tx.query<TransferRow>(
    `select p.paid_on, l.valued_on, coalesce(l.bank_reference, l.end_to_end_id) as reference, p.minor
       from (select statement_id, line, paid_on, sum(amount_minor)::bigint as minor from channel_payment
              where channel_id = $1 and currency = $2 and paid_on between $3 and $4
              group by 1, 2, 3 having sum(amount_minor) <> 0) p
       join statement_line l on l.statement_id = p.statement_id and l.line = p.line
      order by p.paid_on, p.statement_id, p.line limit $5`,
    [span.channelId, span.currency, span.from, span.to, limit],
  );
}
