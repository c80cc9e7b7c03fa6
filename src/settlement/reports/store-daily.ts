// SQL of the totals of a day as it stands, also of one that is open: the same entries that its settlement will have.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { OUTCOME } from '../store-paid.ts';

export interface DayRow {
  as_of: Date;
  /** null: nobody has opened such a day. */
  cut_off_at: Date | null;
  sealed_at: Date | null;
  settlement_id: Uuid | null;
}

export async function readDayState(tx: Tx, billerId: number, date: BusinessDate): Promise<DayRow> {
  const [row] = await tx.query<DayRow>(
    `select business_now() as as_of, d.cut_off_at, d.sealed_at, s.settlement_id
       from (values (1)) v
       left join business_day d on d.biller_id = $1 and d.business_date = $2
       left join settlement_batch s on s.biller_id = $1 and s.business_date = $2`,
    [billerId, date],
  );
  if (row === undefined) throw new Error('a day without its state');
  return row;
}

/** `dimension` is `total`, `channel`, `method` or `unit`. */
export interface TotalsRow {
  dimension: 'total' | 'channel' | 'method' | 'unit';
  key: string;
  payments: number;
  bills: number;
  gross_minor: bigint;
  reversals: number;
  reversed_minor: bigint;
  adjusted_minor: bigint;
  direct_minor: bigint;
  credited_minor: bigint;
  payer_fee_minor: bigint;
  biller_fee_minor: bigint;
}

/** Credited for good. */
const CREDITED = `(${OUTCOME}) = 'credited'`;

const LINES = `
  select 'payment' as kind, p.channel_id, p.method, coalesce(b.unit, '') as unit, p.route, ${CREDITED} as credited,
         b.line = 1 as is_first, b.amount_minor as minor, p.fee_minor, p.biller_fee_minor
    from payment p join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id
   where p.biller_id = $1 and p.business_date = $2
  union all
  select v.kind, v.channel_id, p.method, coalesce(b.unit, ''), p.route, ${CREDITED},
         b.line = 1, -b.amount_minor, -p.fee_minor, -p.biller_fee_minor
    from reversal v
    join payment p on p.biller_id = v.biller_id and p.payment_id = v.payment_id
    join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id
   where v.biller_id = $1 and v.business_date = $2
  union all
  select 'rejection', p.channel_id, p.method, coalesce(b.unit, ''), p.route, false, b.line = 1, -b.amount_minor, 0, 0
    from rejection r
    join payment p on p.biller_id = r.biller_id and p.payment_id = r.payment_id
    join rejected_bill x on x.biller_id = r.biller_id and x.payment_id = r.payment_id and x.rejection_id = r.rejection_id
    join payment_bill b on b.biller_id = r.biller_id and b.payment_id = r.payment_id and b.bill_number = x.bill_number
   where r.biller_id = $1 and r.business_date = $2
  union all
  select 'adjustment', a.channel_id, '', coalesce(a.unit, ''), 'via-operator', false, true, a.amount_minor, 0, 0
    from adjustment a where a.biller_id = $1 and a.business_date = $2`;

const VIA = `route = 'via-operator' and not credited`;

export function readTotals(tx: Tx, billerId: number, date: BusinessDate): Promise<TotalsRow[]> {
  return tx.query<TotalsRow>(
    `select case when grouping(c.code) = 0 then 'channel' when grouping(l.method) = 0 then 'method'
                 when grouping(l.unit) = 0 then 'unit' else 'total' end as dimension,
            coalesce(c.code, l.method, l.unit, '') as key,
            count(*) filter (where l.kind = 'payment' and is_first and not credited)::int as payments,
            count(*) filter (where l.kind = 'payment' and not credited)::int as bills,
            coalesce(sum(minor) filter (where l.kind = 'payment' and ${VIA}), 0)::bigint as gross_minor,
            count(*) filter (where l.kind = 'reversal' and is_first)::int as reversals,
            coalesce(-sum(minor) filter (where l.kind = 'reversal' and ${VIA}), 0)::bigint as reversed_minor,
            coalesce(sum(minor) filter (where l.kind in ('adjustment', 'rejection') and ${VIA}), 0)::bigint as adjusted_minor,
            coalesce(sum(minor) filter (where route = 'direct' and not credited), 0)::bigint as direct_minor,
            (coalesce(sum(minor) filter (where credited), 0)
              - coalesce(sum(minor) filter (where l.kind = 'rejection'), 0))::bigint as credited_minor,
            coalesce(sum(fee_minor) filter (where is_first), 0)::bigint as payer_fee_minor,
            coalesce(sum(biller_fee_minor) filter (where is_first), 0)::bigint as biller_fee_minor
       from (${LINES}) l left join channel c on c.channel_id = l.channel_id
      group by grouping sets ((), (c.code), (l.method), (l.unit))
      order by 1, 2`,
    [billerId, date],
  );
}
