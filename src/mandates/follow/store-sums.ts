// SQL of sums over an agency's debits by their day: a lot at a time along the index, so that no statement runs long however
// many there are.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { billerOf, type Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { DebitState } from '../debits/index.ts';
import { IS_COVERED, PUT_OFF, REFUSED_SINCE, TAKEN_UP_ANEW } from '../planning/store-retry.ts';

export interface SumRow {
  readonly collect_on: BusinessDate;
  readonly channel_id: number;
  readonly state: DebitState;
  readonly why: string | null;
  readonly is_retry: boolean;
  readonly count: number;
  readonly minor: bigint;
  readonly last_on: BusinessDate;
  readonly last_id: Uuid;
}

export interface Span {
  readonly billerId: number;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

export interface Place {
  readonly on: BusinessDate;
  readonly debitId: Uuid;
}

/** The next so many debits, summed. None: there are no more. */
export function sumLot(
  tx: Tx,
  { billerId, from, to }: Span,
  after: Place | undefined,
  limit: number,
): Promise<SumRow[]> {
  return tx.query<SumRow>(
    `with lot as materialized (
       select collect_on, debit_id, channel_id, state, why, attempt, amount_minor from debit_order
        where biller_id = $1 and collect_on between $2 and $3 and (collect_on, debit_id) > ($4::date, $5::uuid)
        order by collect_on, debit_id limit $6),
     last as (select collect_on as last_on, debit_id as last_id from lot order by collect_on desc, debit_id desc limit 1)
     select collect_on, channel_id, state, why, attempt > 1 as is_retry, count(*)::int as count,
            sum(amount_minor)::bigint as minor, last_on, last_id
       from lot cross join last group by 1, 2, 3, 4, 5, 8, 9`,
    [billerId, from, to, after?.on ?? from, after?.debitId ?? NO_ID, limit],
  );
}

/** Of these mandates. */
export function sumOfMandates(
  tx: Tx,
  { billerId, from, to }: Span,
  mandates: readonly Uuid[],
): Promise<Pick<SumRow, 'collect_on' | 'state' | 'count' | 'minor'>[]> {
  return tx.query(
    `select collect_on, state, count(*)::int as count, sum(amount_minor)::bigint as minor from debit_order
      where biller_id = $1 and collect_on between $2 and $3 and mandate_id = any($4) and mandate_biller_id = any($5)
      group by 1, 2`,
    [billerId, from, to, plainArray(mandates), plainArray([...new Set(mandates.map(billerOf))])],
  );
}

/** The bills in debits of these mandates that are under way, held ones too. */
export function liveBillsOf(
  tx: Tx,
  { billerId, from, to }: Span,
  mandates: readonly Uuid[],
): Promise<{ collect_on: BusinessDate; bill_number: string; minor: bigint }[]> {
  return tx.query(
    `select o.collect_on, d.bill_number, d.amount_minor as minor from debit_order o
       join debit_bill d on d.biller_id = o.biller_id and d.debit_id = o.debit_id and d.live
      where o.biller_id = $1 and o.collect_on between $2 and $3 and o.mandate_id = any($4) and o.mandate_biller_id = any($5)
      order by o.collect_on, d.due_on, d.bill_number`,
    [billerId, from, to, plainArray(mandates), plainArray([...new Set(mandates.map(billerOf))])],
  );
}

/** Failed and returned debits that are to be tried again, by day: what is still open of them. `mandates`: null is all. */
export function sumRetries(
  tx: Tx,
  { billerId, from, to }: Span,
  mandates: readonly Uuid[] | null,
): Promise<{ retry_on: BusinessDate; count: number; minor: bigint }[]> {
  return tx.query(
    `select o.retry_on, count(*)::int as count, sum(b.minor)::bigint as minor from debit_order o
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id and m.state = 'accepted'
      cross join lateral (select sum(d.amount_minor) as minor from debit_bill d
                            join bill b on b.biller_id = d.biller_id and b.bill_number = d.bill_number and b.status = 'open'
                           where d.biller_id = o.biller_id and d.debit_id = o.debit_id and d.outcome in ('failed', 'returned')
                             and not ${TAKEN_UP_ANEW} and not ${REFUSED_SINCE} and not ${PUT_OFF} and ${IS_COVERED}) b
      where o.biller_id = $1 and o.retry_on between $2 and $3 and o.state in ('failed', 'returned') and b.minor is not null
        and ($4::uuid[] is null or o.mandate_id = any($4))
      group by 1`,
    [billerId, from, to, mandates === null ? null : plainArray(mandates)],
  );
}

/** That collect for this number of a payer with the agency. */
export async function mandatesOfPayer(tx: Tx, billerId: number, payerId: string): Promise<Uuid[]> {
  const rows = await tx.query<{ mandate_id: Uuid }>(
    'select distinct mandate_id from mandate_cover where biller_id = $1 and payer_id = $2',
    [billerId, payerId],
  );
  return rows.map((row) => row.mandate_id);
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
