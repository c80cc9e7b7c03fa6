// SQL of what is tried again: debits that came to nothing, with what is still open of their bills.

import type { PenaltyComponent } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { RetryDue } from './retry-lot.ts';

/** Another debit collects bill `d` of debit `o`, has collected it, or was the last to fail to: then that one is tried again, or none. */
export const TAKEN_UP_ANEW = `exists (select from debit_bill l join debit_order n using (biller_id, debit_id)
  where l.biller_id = d.biller_id and l.bill_number = d.bill_number and l.debit_id <> d.debit_id
    and (l.live or l.outcome in ('paid', 'credited')
         or l.outcome in ('failed', 'returned') and n.mandate_biller_id = o.mandate_biller_id and n.mandate_id = o.mandate_id
            and (n.planned_at, n.debit_id) > (o.planned_at, o.debit_id)))`;

/** Since debit `o` came to nothing, people have rejected the next try of its bill `d`, or there was no account to collect it to. */
export const REFUSED_SINCE = `exists (select from debit_order r join debit_bill l using (biller_id, debit_id)
  where r.biller_id = o.biller_id and r.retry_of = o.debit_id and r.state = 'dropped' and r.why in ('rejected', 'account')
    and r.changed_at > o.changed_at and l.bill_number = d.bill_number)`;

/** The due date of bill `b` was put off behind the day on which debit `o`, under mandate `m`, is tried again: it is collected on that date, as if it were new. */
export const PUT_OFF = `(m.collect = 'due-date' and b.due_on > d.due_on and b.due_on > o.retry_on)`;

/** The mandate of debit `o` covers bill `b`. */
export const IS_COVERED = `exists (select from mandate_cover c
  where c.biller_id = o.biller_id and c.mandate_biller_id = o.mandate_biller_id and c.mandate_id = o.mandate_id
    and c.payer_id = b.payer_id and c.state = 'accepted' and (c.units = '{}' or b.unit = any(c.units)))`;

export type RetryCursor = Pick<RetryDue, 'retryOn' | 'debitId'>;

interface Row {
  debit_id: Uuid;
  mandate_biller_id: number;
  mandate_id: Uuid;
  channel_id: number;
  mandate_state: string;
  valid_until: BusinessDate | null;
  per_debit_minor: bigint;
  per_month_minor: bigint;
  announce_days: number;
  attempt: number;
  collect_on: BusinessDate;
  retry_on: BusinessDate;
  is_retried: boolean;
  was_dropped: boolean;
  bills:
    | {
        billNumber: string;
        amount: string;
        told: string;
        dueOn: BusinessDate;
        expiresOn: BusinessDate | null;
        penalty: PenaltyComponent[] | null;
        revision: number;
        isCovered: boolean;
        isPutOff: boolean;
      }[]
    | null;
}

/** What is left of each, tried again once: what a try has lost that no bank has had was not in it. What a statement contradicts waits. */
export async function nextRetries(
  tx: Tx,
  billerId: number,
  range: { readonly from: BusinessDate; readonly to: BusinessDate },
  after: RetryCursor | undefined,
  limit: number,
): Promise<RetryDue[]> {
  const rows = await tx.query<Row>(
    `select o.debit_id, o.mandate_biller_id, o.mandate_id, o.channel_id, m.state as mandate_state, m.valid_until, m.per_debit_minor, m.per_month_minor, m.announce_days,
            o.attempt, o.collect_on, o.retry_on, r.is_retried, r.was_dropped, b.bills
       from debit_order o
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      cross join lateral (
        select json_agg(json_build_object('billNumber', b.bill_number, 'amount', b.amount_minor::text, 'told', d.amount_minor::text, 'dueOn', b.due_on,
                          'expiresOn', b.expires_on, 'penalty', b.penalty, 'revision', b.revision, 'isCovered', ${IS_COVERED}, 'isPutOff', ${PUT_OFF}) order by b.bill_number) as bills
          from debit_bill d
          join bill b on b.biller_id = d.biller_id and b.bill_number = d.bill_number and b.status = 'open' and b.amount_minor is not null
         where d.biller_id = o.biller_id and d.debit_id = o.debit_id and d.outcome in ('failed', 'returned')
           and not ${TAKEN_UP_ANEW} and not ${REFUSED_SINCE}) b
      cross join lateral (
        select count(*) filter (where state <> 'dropped') > 0 as is_retried, count(*) filter (where state = 'dropped') > 0 as was_dropped
          from debit_order where biller_id = o.biller_id and retry_of = o.debit_id) r
      where o.biller_id = $1 and o.retry_on between $2 and $3 and (o.retry_on, o.debit_id) > ($4::date, $5::uuid)
        and o.state in ('failed', 'returned') and not debit_contradicted(o.debit_id)
        and (b.bills is not null or not r.is_retried)
      order by o.retry_on, o.debit_id limit $6`,
    [
      billerId,
      range.from,
      range.to,
      after?.retryOn ?? range.from,
      after?.debitId ?? '00000000-0000-0000-0000-000000000000',
      limit,
    ],
  );
  return rows.map(toRetry);
}

/** Nobody else plans tries of this agency until the transaction ends. */
export async function takeRetries(tx: Tx, billerId: number): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:retries-planned'), $1)`, [billerId]);
}

/** Collected on these days, and not on those that were told. */
export async function noteRetryDays(
  tx: Tx,
  billerId: number,
  days: readonly { readonly of: Uuid; readonly on: BusinessDate }[],
): Promise<void> {
  if (days.length === 0) return;
  await tx.query(
    `update debit_order o set retry_on = n.retry_on from unnest($2::uuid[], $3::date[]) as n(debit_id, retry_on)
      where o.biller_id = $1 and o.debit_id = n.debit_id`,
    [billerId, plainArray(days, ({ of }) => of), plainArray(days, ({ on }) => on)],
  );
}

function toRetry(row: Row): RetryDue {
  const bills = row.bills ?? [];
  return {
    debitId: row.debit_id,
    coverage: {
      mandateBillerId: row.mandate_biller_id,
      mandateId: row.mandate_id,
      channelId: row.channel_id,
      validUntil: row.valid_until,
      perDebitMinor: row.per_debit_minor,
      perMonthMinor: row.per_month_minor,
      announceDays: row.announce_days,
    },
    mandateState: row.mandate_state,
    attempt: row.attempt,
    collectOn: row.collect_on,
    retryOn: row.retry_on,
    isRetried: row.is_retried,
    wasDropped: row.was_dropped,
    bills: bills
      .filter(({ isCovered, isPutOff }) => isCovered && !isPutOff)
      .map(({ amount, told, isCovered: _, isPutOff: __, ...bill }) => ({
        ...bill,
        amountMinor: BigInt(amount),
        toldMinor: BigInt(told),
      })),
    hasUncovered: bills.some(({ isCovered }) => !isCovered),
    hasPutOff: bills.some(({ isCovered, isPutOff }) => isCovered && isPutOff),
  };
}
