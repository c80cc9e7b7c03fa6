// SQL of planning: which mandates collect for an agency, which of their bills may be taken up, what their months have used.
// Nothing is locked: what changes meanwhile is seen again before a debit is built.

import type { PenaltyComponent } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import { PUT_OFF } from './store-retry.ts';
import { monthKey, type Coverage, type OpenBill } from './plan-lot.ts';

/** Where the walk over an agency's mandates has come to. */
export interface Cursor {
  readonly mandateBillerId: number;
  readonly mandateId: Uuid;
}

interface CoverageRow {
  mandate_biller_id: number;
  mandate_id: Uuid;
  channel_id: number;
  collect: 'due-date' | 'days';
  collect_days: number[];
  announce_days: number;
  valid_from: string;
  valid_until: string | null;
  per_debit_minor: bigint;
  per_month_minor: bigint;
  changed_at: Date;
}

/** The next mandates that collect by themselves, in the order of their ids; `only`: of these alone. */
export async function nextCoverages(
  tx: Tx,
  billerId: number,
  after: Cursor | undefined,
  limit: number,
  only: readonly Uuid[] | null = null,
): Promise<Coverage[]> {
  const rows = await tx.query<CoverageRow>(
    `select m.* from (
       select distinct mandate_biller_id, mandate_id from mandate_cover
        where biller_id = $1 and state = 'accepted' and (mandate_biller_id, mandate_id) > ($2, $3::uuid)
          and ($5::uuid[] is null or mandate_id = any($5))
        order by mandate_biller_id, mandate_id offset 0) c
      cross join lateral (
       select biller_id as mandate_biller_id, mandate_id, channel_id, collect, collect_days, announce_days, valid_from, valid_until,
              per_debit_minor, per_month_minor, changed_at
         from mandate m where m.biller_id = c.mandate_biller_id and m.mandate_id = c.mandate_id
          and m.state = 'accepted' and m.collect <> 'demand' offset 0) m
      order by c.mandate_biller_id, c.mandate_id limit $4`,
    [
      billerId,
      after?.mandateBillerId ?? -1,
      after?.mandateId ?? '00000000-0000-0000-0000-000000000000',
      limit,
      only === null ? null : plainArray(only),
    ],
  );
  return rows.map((row) => ({
    mandateBillerId: row.mandate_biller_id,
    mandateId: row.mandate_id,
    channelId: row.channel_id,
    collect: row.collect === 'days' ? { on: 'days', days: row.collect_days } : { on: 'due-date' },
    announceDays: row.announce_days,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    perDebitMinor: row.per_debit_minor,
    perMonthMinor: row.per_month_minor,
    changedAt: row.changed_at,
  }));
}

interface BillRow {
  mandate_biller_id: number;
  mandate_id: Uuid;
  bill_number: string;
  amount_minor: bigint;
  due_on: string;
  expires_on: string | null;
  penalty: readonly PenaltyComponent[] | null;
  revision: number;
  came_at: Date | null;
}

/** A mandate, and until which due date its bills are looked at; all of them by default. */
export type Looked = Coverage & { readonly reach?: BusinessDate };

/**
 * Open bills of fixed amounts that no debit is collecting, each under the first mandate that covers it. What a debit of the
 * mandate has failed to collect is taken up again by the rule of retries or at the payer's word, never as if it were new; what
 * was put off behind that retry is as new; and what any has collected, and is open since its payment was reversed, at the
 * payer's word alone. `plannedAt`: of the planning before, after which what came is told apart. What was collected before is looked up bill by bill (`offset 0`), however few
 * debits the planner believes to be there.
 */
export async function openBills(
  tx: Tx,
  billerId: number,
  coverages: readonly Looked[],
  plannedAt: Date | null,
): Promise<OpenBill[]> {
  const rows = await tx.query<BillRow>(
    `select distinct on (b.bill_number) c.mandate_biller_id, c.mandate_id, b.bill_number, b.amount_minor, b.due_on, b.expires_on, b.penalty,
            b.revision,
            case when $4::timestamptz is not null then nullif(greatest(b.received_at, $4, (
              select max(h.recorded_at) from bill_history h where h.biller_id = $1 and h.bill_number = b.bill_number)), $4) end as came_at
       from unnest($2::int[], $3::uuid[], $5::date[]) as of(mandate_biller_id, mandate_id, reach)
      cross join lateral (
        select * from mandate_cover c where c.biller_id = $1 and c.mandate_biller_id = of.mandate_biller_id
           and c.mandate_id = of.mandate_id and c.state = 'accepted' offset 0) c
       join bill b on b.biller_id = $1 and b.payer_id = c.payer_id and b.due_on <= of.reach and b.status = 'open' and b.amount_minor is not null
        and (c.units = '{}' or b.unit = any(c.units))
      where not exists (
              select from debit_bill d where d.biller_id = $1 and d.bill_number = b.bill_number
                 and (d.live or d.outcome in ('paid', 'credited') or exists (
                   select from debit_order o join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
                    where o.biller_id = $1 and o.debit_id = d.debit_id
                      and o.mandate_biller_id = of.mandate_biller_id and o.mandate_id = of.mandate_id
                      and (d.outcome in ('failed', 'returned') and ${PUT_OFF} is not true or o.state = 'dropped' and o.why in ('rejected', 'account'))
                    offset 0))
              offset 0)
      order by b.bill_number, c.mandate_biller_id, c.mandate_id`,
    [
      billerId,
      plainArray(coverages, (each) => each.mandateBillerId),
      plainArray(coverages, (each) => each.mandateId),
      plannedAt,
      plainArray(coverages, ({ reach = 'infinity' }) => reach),
    ],
  );
  const byId = new Map(coverages.map((each) => [`${each.mandateBillerId}/${each.mandateId}`, each]));
  return rows.flatMap((row) => {
    const coverage = byId.get(`${row.mandate_biller_id}/${row.mandate_id}`);
    if (coverage === undefined) return [];
    return [
      {
        coverage,
        billNumber: row.bill_number,
        amountMinor: row.amount_minor,
        dueOn: row.due_on,
        expiresOn: row.expires_on,
        penalty: row.penalty,
        revision: row.revision,
        cameAt: row.came_at,
      },
    ];
  });
}

/** By mandate and month: what counts against the ceiling. */
export async function monthsUsed(
  tx: Tx,
  coverages: readonly Pick<Coverage, 'mandateBillerId' | 'mandateId'>[],
): Promise<Map<string, bigint>> {
  if (coverages.length === 0) return new Map();
  const rows = await tx.query<{ mandate_biller_id: number; mandate_id: Uuid; month: string; minor: bigint }>(
    `select of.mandate_biller_id, of.mandate_id, u.month, u.minor
       from unnest($1::int[], $2::uuid[]) as of(mandate_biller_id, mandate_id)
      cross join lateral (
        select to_char(o.collect_on, 'YYYY-MM') as month, sum(o.amount_minor)::bigint as minor from debit_order o
         where o.mandate_biller_id = of.mandate_biller_id and o.mandate_id = of.mandate_id
           and o.state in ('planned', 'built', 'sent', 'collected') and o.collect_on >= business_now()::date - 62
         group by 1 offset 0) u`,
    [plainArray(coverages, (each) => each.mandateBillerId), plainArray(coverages, (each) => each.mandateId)],
  );
  return new Map(
    rows.map((row) => [
      monthKey({ mandateBillerId: row.mandate_biller_id, mandateId: row.mandate_id }, `${row.month}-01`),
      row.minor,
    ]),
  );
}
