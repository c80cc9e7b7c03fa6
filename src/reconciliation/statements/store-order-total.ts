// SQL of an order that its bank booked as one total, and of which order a debit that names none may be the total.

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RemittanceState } from '../../settlement/index.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface OfOrder {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly amountMinor: bigint;
  readonly state: RemittanceState;
  readonly confirmJournal: Uuid | null;
}

/** Remittances of an order that no line has proved, and that went out. */
export async function unmatchedOfFile(tx: Tx, fileId: Uuid, limit: number): Promise<OfOrder[]> {
  const rows = await tx.query<{
    biller_id: number;
    remittance_id: Uuid;
    amount_minor: bigint;
    state: RemittanceState;
    confirm_journal: Uuid | null;
  }>(
    `select r.biller_id, r.remittance_id, r.amount_minor, r.state, s.journal_id as confirm_journal
       from remittance r left join lateral (
         select journal_id from remittance_step s where s.biller_id = r.biller_id and s.remittance_id = r.remittance_id
            and s.state = 'confirmed' limit 1) s on true
      where r.file_id = $1 and (r.state = 'sent' or s.journal_id is not null)
        and not exists (select from statement_match m where m.subject_id = r.remittance_id and m.kind in ('remittance', 'order-total'))
      order by r.biller_id, r.remittance_id limit $2`,
    [fileId, limit],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    remittanceId: row.remittance_id,
    amountMinor: row.amount_minor,
    state: row.state,
    confirmJournal: row.confirm_journal,
  }));
}

/** What a line has been matched with so far. */
export async function matchedOf(
  tx: Tx,
  { statementId, line }: Pick<WaitingLine, 'statementId' | 'line'>,
): Promise<{ parts: number; minor: bigint }> {
  const [row] = await tx.query<{ parts: number; minor: bigint }>(
    `select count(*)::int as parts, coalesce(sum(-amount_minor), 0)::bigint as minor
       from statement_match where statement_id = $1 and line = $2`,
    [statementId, line],
  );
  return row ?? { parts: 0, minor: 0n };
}

const DAYS_AROUND = 5;

/**
 * The one order of several remittances around the day whose total an unplaced debit is, by line of the statement. None where
 * there are two such orders: then a person has to look for himself.
 */
export async function ordersLike(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, Json>> {
  if (lines.length === 0) return new Map();
  const rows = await tx.query<{ line: number; candidate: Json }>(
    `with debit as (
       select line, account_id, booked_on, -amount_minor as minor from statement_line
        where statement_id = $1 and line = any($2::int[]) and amount_minor < 0
     ), orders as materialized (
       select f.message_id, f.execute_on, live.transfers, live.minor
         from order_file f cross join lateral (
           select count(*)::int as transfers, sum(amount_minor)::bigint as minor
             from remittance r where r.file_id = f.file_id and r.state <> 'rejected') live
        where f.account_id = (select max(account_id) from debit) and not (f.state = 'made' and f.offered_at is null)
          and f.execute_on between (select min(booked_on) from debit) - ${DAYS_AROUND} and (select max(booked_on) from debit) + 1
          and live.transfers > 1
          and not exists (select from remittance r join statement_match m on m.subject_id = r.remittance_id
                           where r.file_id = f.file_id and m.kind in ('remittance', 'order-total'))
     )
     select d.line, (json_agg(json_build_object('order', o.message_id, 'remittances', o.transfers, 'executeOn', o.execute_on)))->0 as candidate
       from debit d join orders o on o.minor = d.minor
        and o.execute_on between d.booked_on - ${DAYS_AROUND} and d.booked_on + 1
      group by d.line having count(*) = 1`,
    [statementId, [...lines]],
  );
  return new Map(rows.map((row) => [row.line, row.candidate]));
}
