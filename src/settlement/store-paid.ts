// SQL of the payments of a sealed day: the mass of its entries, summed and digested by the server. What is split (several
// bills in one payment, several budget lines of one bill) comes back line by line. Set-based and by key ranges: twenty
// thousand bills in a tenth of a second, whatever else the tables hold.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { EntryLine } from './portions.ts';

/** Entries of one business date with `after` < id <= `through`, and of these no more whole ones than have `most` bills. */
export interface EntryRange {
  readonly billerId: number;
  readonly businessDate: BusinessDate;
  readonly after: Uuid;
  readonly through: Uuid;
  readonly most: number;
}

export const FIRST_ID: Uuid = '00000000-0000-0000-0000-000000000000';
export const LAST_ID: Uuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Alike payments of one bill each. */
export interface PaidGroup extends Omit<EntryLine, 'entryId' | 'budget'> {
  readonly payments: number;
}

export interface PaidEntries {
  /** The last of them; null: there are none. */
  readonly through: Uuid | null;
  readonly entries: number;
  /** SHA-256 of their lines (docs/settlement-digest.md). */
  readonly digest: Buffer;
  readonly groups: readonly PaidGroup[];
  /** Payments that are split, by payment and line. */
  readonly split: readonly EntryLine[];
}

/** What payment `p` came to when it was recorded: a reversed one no longer says by its status whether it became credit. */
export const OUTCOME = `case p.status when 'reversed'
           then (select case j.kind when 'credit' then 'credited' else 'accepted' end from journal j
                  where j.biller_id = p.biller_id and j.journal_id = p.payment_id)
           else p.status end`;

/** The payment of an entry as every source needs it: $1 is the biller. */
export const PAYMENT_COLUMNS = `(select c.code from channel c where c.channel_id = p.channel_id) as channel,
       p.method, p.route, p.currency, coalesce(p.details->'outlet'->>'kind', '') as outlet_kind, ${OUTCOME} as outcome,
       p.amount_minor as paid_minor, p.fee_minor, p.biller_fee_minor, p.tax_minor, p.commission_minor`;

/** The line of a bill in the digest. Codes and numbers contain no bar (kernel/code-form.ts). */
const TEXT = `concat_ws('|', payment_id, receipt_no, channel, reference, outcome, method, route, outlet_kind, currency,
    paid_minor, fee_minor, biller_fee_minor, tax_minor, commission_minor, line, bill_number, coalesce(payer_id, ''),
    amount_minor, coalesce(due_minor::text, ''), penalty_minor, coalesce(unit, ''), coalesce(service, ''),
    coalesce(budget_line, budget::text, ''))`;

const STEP = `
with line as materialized (
  select p.payment_id, p.receipt_no, p.reference, ${PAYMENT_COLUMNS},
         l.line, l.bill_number, l.payer_id, l.amount_minor, l.due_minor, l.penalty_minor, l.unit, l.service,
         l.budget_line, l.budget
    from payment p
    join payment_bill l on l.biller_id = $1 and l.payment_id = p.payment_id and l.payment_id > $3 and l.payment_id <= $4
   where p.biller_id = $1 and p.business_date = $2 and p.payment_id > $3 and p.payment_id <= $4
   order by p.payment_id, l.line limit $5::int + 1
), entry as materialized (
  select * from line where payment_id < coalesce((select payment_id from line offset $5::int), '${LAST_ID}')
), several as (
  select payment_id from entry where line = 2
), alike as (
  select unit, service, budget_line, channel, outlet_kind, method, route, outcome, count(*) as payments,
         sum(amount_minor) as amount, sum(fee_minor) as fee, sum(biller_fee_minor) as biller_fee, sum(tax_minor) as tax,
         sum(commission_minor) as commission
    from entry where budget is null and payment_id not in (select payment_id from several)
   group by 1, 2, 3, 4, 5, 6, 7, 8
)
select (select max(payment_id::text) from entry)::uuid as through,
       (select count(*)::int from entry where line = 1) as entries,
       exists (select from line) as is_any,
       (select sha256(convert_to(coalesce(string_agg(${TEXT} || e'\\n', '' order by payment_id, line), ''), 'UTF8')) from entry) as digest,
       (select json_agg(json_build_array(unit, service, budget_line, channel, outlet_kind, method, route, outcome,
                 payments, amount::text, fee::text, biller_fee::text, tax::text, commission::text)) from alike) as alike,
       (select json_agg(json_build_array(unit, service, budget_line, channel, outlet_kind, method, route, outcome,
                 payment_id, amount_minor::text, fee_minor::text, biller_fee_minor::text, tax_minor::text,
                 commission_minor::text, budget) order by payment_id, line)
          from entry where budget is not null or payment_id in (select payment_id from several)) as split`;

type Told = [string | null, string | null, string | null, string, string, string, string, string];
type Fees = [string, string, string, string];

interface StepRow {
  through: Uuid | null;
  entries: number;
  is_any: boolean;
  digest: Buffer;
  alike: [...Told, number, string, ...Fees][] | null;
  split: [...Told, Uuid, string, ...Fees, EntryLine['budget']][] | null;
}

/** Reads only; the day is sealed, so the same range gives the same answer at any time. */
export async function readPaid(tx: Tx, range: EntryRange): Promise<PaidEntries> {
  const { billerId, businessDate, after, most } = range;
  const through = await boundOf(tx, range);
  const [row] = await tx.query<StepRow>(STEP, [billerId, businessDate, after, through, most]);
  if (row === undefined) throw new Error('an aggregate answered with no row');
  if (row.is_any && row.through === null)
    throw new Error(`a payment has more than the ${most} bills of a step`);
  return {
    through: row.through,
    entries: row.entries,
    digest: row.digest,
    groups: (row.alike ?? []).map((each) => ({ ...told(each), payments: each[8] })),
    split: (row.split ?? []).map((each) => ({ ...told(each), entryId: each[8], budget: each[14] })),
  };
}

/** Both tables are read by a range of known ends; without one the planner would look up bill by bill. */
async function boundOf(tx: Tx, { billerId, businessDate, after, through, most }: EntryRange): Promise<Uuid> {
  const [row] = await tx.query<{ payment_id: Uuid }>(
    `select payment_id from payment
      where biller_id = $1 and business_date = $2 and payment_id > $3 and payment_id <= $4
      order by payment_id offset $5::int - 1 limit 1`,
    [billerId, businessDate, after, through, most],
  );
  return row?.payment_id ?? through;
}

function told(each: [...Told, number | string, string, ...Fees, ...unknown[]]) {
  const [unit, service, budgetLine, channel, outletKind, method, route, outcome, , amount, ...rest] = each;
  const [fee, billerFee, tax, commission] = rest;
  return {
    keys: {
      unit: unit ?? '',
      service: service ?? '',
      channel,
      'outlet-kind': outletKind,
      method,
      'budget-line': budgetLine ?? '',
    },
    route,
    outcome,
    amountMinor: BigInt(amount),
    feesMinor: [BigInt(fee), BigInt(billerFee), BigInt(tax), BigInt(commission)] as const,
  };
}
