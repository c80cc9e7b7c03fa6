// SQL of what changes a day beside its payments: reversals, rejections and adjustments dated in it, line by line, each
// with its line of the digest (docs/settlement-digest.md).

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { EntryLine } from './portions.ts';
import { PAYMENT_COLUMNS, type EntryRange } from './store-paid.ts';

export interface UndoneLine extends EntryLine {
  /** Of a reversal: whether the payment's day had been sealed. */
  readonly kind: string;
  readonly text: string;
}

interface UndoneRow {
  entry_id: Uuid;
  kind: string;
  text: string;
  channel: string | null;
  method: string;
  route: string;
  outcome: string;
  outlet_kind: string;
  unit: string | null;
  service: string | null;
  budget_line: string | null;
  budget: EntryLine['budget'];
  amount_minor: bigint;
  fee_minor: bigint;
  biller_fee_minor: bigint;
  tax_minor: bigint;
  commission_minor: bigint;
}

const ENTRIES = 'where biller_id = $1 and business_date = $2 and';
const BILL = 'l.unit, l.service, l.budget_line, l.budget';

const REVERSALS = `
select r.payment_id as entry_id, r.kind, l.amount_minor, ${BILL}, ${PAYMENT_COLUMNS},
       concat_ws('|', r.payment_id, r.reversal_id, r.kind, r.reference, p.route, p.currency, p.amount_minor, p.fee_minor,
         p.biller_fee_minor, p.tax_minor, p.commission_minor, l.line, l.bill_number, l.amount_minor) as text
  from (select * from reversal ${ENTRIES} payment_id > $3 and payment_id <= $4 order by payment_id limit $5::int + 1) r
  join payment p on p.biller_id = $1 and p.payment_id = r.payment_id
  join payment_bill l on l.biller_id = $1 and l.payment_id = r.payment_id
 order by r.payment_id, l.line limit $5::int + 1`;

const REJECTIONS = `
select r.rejection_id as entry_id, r.reason as kind, b.amount_minor, ${BILL}, ${PAYMENT_COLUMNS},
       concat_ws('|', r.rejection_id, r.payment_id, r.reference, r.revision, p.route, r.currency, r.amount_minor,
         b.bill_number, b.amount_minor) as text
  from (select * from rejection ${ENTRIES} rejection_id > $3 and rejection_id <= $4 order by rejection_id limit $5::int + 1) r
  join payment p on p.biller_id = $1 and p.payment_id = r.payment_id
  join rejected_bill b on b.biller_id = $1 and b.payment_id = r.payment_id and b.rejection_id = r.rejection_id
  join payment_bill l on l.biller_id = $1 and l.payment_id = r.payment_id and l.bill_number = b.bill_number
 order by r.rejection_id, l.line limit $5::int + 1`;

const ADJUSTMENTS = `
select a.adjustment_id as entry_id, a.kind, c.code as channel, '' as method, a.route,
       'accepted' as outcome, '' as outlet_kind, a.unit, a.service, a.budget_line, null::json as budget, a.amount_minor,
       0::bigint as fee_minor, 0::bigint as biller_fee_minor, 0::bigint as tax_minor, 0::bigint as commission_minor,
       concat_ws('|', a.adjustment_id, a.kind, coalesce(a.payment_id::text, ''), coalesce(c.code, ''), coalesce(a.unit, ''),
         coalesce(a.service, ''), coalesce(a.budget_line, ''), a.currency, a.amount_minor, a.journal_id) as text
  from adjustment a left join channel c on c.channel_id = a.channel_id
 where a.biller_id = $1 and a.business_date = $2 and a.adjustment_id > $3 and a.adjustment_id <= $4
 order by a.adjustment_id limit $5::int + 1`;

const SOURCES = { reversal: REVERSALS, rejection: REJECTIONS, adjustment: ADJUSTMENTS };

/** In order of entry and line; whole entries only. */
export async function readUndone(
  tx: Tx,
  source: keyof typeof SOURCES,
  range: EntryRange,
): Promise<UndoneLine[]> {
  const { billerId, businessDate, after, through, most } = range;
  const rows = await tx.query<UndoneRow>(SOURCES[source], [billerId, businessDate, after, through, most]);
  const cut = rows[most]?.entry_id;
  const whole = rows.filter((row) => row.entry_id !== cut);
  if (rows.length > 0 && whole.length === 0)
    throw new Error(`a ${source} has more than the ${most} bills of a step`);
  return whole.map(toLine);
}

function toLine(row: UndoneRow): UndoneLine {
  return {
    entryId: row.entry_id,
    kind: row.kind,
    text: row.text,
    route: row.route,
    outcome: row.outcome,
    keys: {
      unit: row.unit ?? '',
      service: row.service ?? '',
      channel: row.channel ?? '',
      'outlet-kind': row.outlet_kind,
      method: row.method,
      'budget-line': row.budget_line ?? '',
    },
    amountMinor: row.amount_minor,
    budget: row.budget,
    feesMinor: [row.fee_minor, row.biller_fee_minor, row.tax_minor, row.commission_minor],
  };
}
