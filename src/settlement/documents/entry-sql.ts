// The statements behind the detail. Text that somebody else chose is made harmless for spreadsheets where it is asked
// for: a leading apostrophe before what would be read as a formula (OWASP, CSV injection). Every row begins with the
// payment's id, the two halves of its receipt number and the instant, which the reader turns into what people know.

import { isBusinessDate, type BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';

/** In the documented order (docs/settlement-digest.md). */
export const SOURCES = ['payment', 'reversal', 'rejection', 'adjustment'] as const;
export type EntrySource = (typeof SOURCES)[number];

/** What its rows are called and ordered by. */
export const SOURCE_ID: Record<EntrySource, string> = {
  payment: 'payment_id',
  reversal: 'payment_id',
  rejection: 'rejection_id',
  adjustment: 'adjustment_id',
};

export interface EntrySpan {
  readonly source: EntrySource;
  readonly billerId: number;
  readonly businessDate: BusinessDate;
  /** Excluded; */
  readonly after: Uuid;
  /** included. */
  readonly through: Uuid;
  /** Decimals of the currency. */
  readonly scale: number;
  /** For CSV that people open with a spreadsheet. */
  readonly harmless: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The select of a span's rows. COPY takes no parameters: values are checked and written into the text. */
export function entrySql(span: EntrySpan): string {
  const { billerId, businessDate, after, through, scale } = span;
  if (
    !isBusinessDate(businessDate) ||
    !UUID.test(after) ||
    !UUID.test(through) ||
    !Number.isInteger(billerId)
  )
    throw new RangeError('no span of entries');
  const unit = scale === 0 ? '1' : `0.${'0'.repeat(scale - 1)}1`;
  const nothing = scale === 0 ? `'0'` : `'0.${'0'.repeat(scale)}'`;
  const parts: Parts = {
    text: (column) => textSql(column, span.harmless),
    money: (column) => `(${column}) * ${unit}`,
    // Most fees are nothing, which need not be computed.
    first: (column) =>
      `case when b.line > 1 or ${column} = 0 then ${nothing} else ((${column}) * ${unit})::text end`,
    nothing,
    budget: `case when b.budget is null then b.budget_line else (select string_agg((e ->> 'line') || '=' || (e ->> 'minor')::bigint * ${unit}, ';') from json_array_elements(b.budget) e) end`,
    within: (table) => `${table}.payment_id > '${after}' and ${table}.payment_id <= '${through}'`,
    of: (table, id) =>
      `${table}.biller_id = ${billerId} and ${table}.business_date = '${businessDate}' and ${table}.${id} > '${after}' and ${table}.${id} <= '${through}'`,
  };
  return SELECTS[span.source](parts);
}

interface Parts {
  readonly text: (column: string) => string;
  readonly money: (column: string) => string;
  /** On the first line of its payment only. */
  readonly first: (column: string) => string;
  readonly nothing: string;
  readonly budget: string;
  readonly of: (table: string, id: string) => string;
  /** The same span of payments in another table: its rows stand together there as well. */
  readonly within: (table: string) => string;
}

/** =, +, -, @, tab and carriage return, and their full-width forms. */
const FORMULA_SIGNS = '61, 43, 45, 64, 9, 13, 65309, 65291, 65293, 65312';

function textSql(column: string, harmless: boolean): string {
  return harmless
    ? `case when ascii(${column}) in (${FORMULA_SIGNS}) then '''' || (${column}) else ${column} end`
    : column;
}

const RECEIPT = 'p.receipt_no >> 30, p.receipt_no & 1073741823';
/** Money that no bill could take, and why; of several bills one may have kept the others from being paid. */
const CREDITED = `case when p.status = 'accepted' then null
            when p.status = 'credited' or exists (select from journal j where j.biller_id = p.biller_id
                   and j.journal_id = p.payment_id and j.kind = 'credit')
            then coalesce(b.refusal, 'with-another-bill') end`;
const OUTLET = ({ text }: Parts) =>
  `p.details #>> '{outlet,kind}', ${text(`p.details #>> '{outlet,id}'`)}, p.method, p.route`;

/** As the splits have it: an adjustment that names a payment is of the channel that it names itself, via the operator. */
const SELECTS: Record<EntrySource, (parts: Parts) => string> = {
  payment: (parts) => `
select p.payment_id, ${RECEIPT}, p.accepted_at, 'payment', ${parts.text('p.reference')}, c.code, ${OUTLET(parts)},
       ${parts.text('b.bill_number')}, ${parts.text('b.payer_id')}, b.unit, b.service, ${parts.budget},
       ${parts.money('b.amount_minor')}, ${parts.first('p.fee_minor')}, ${parts.first('p.biller_fee_minor')},
       ${parts.first('p.tax_minor')}, ${parts.first('p.commission_minor')}, p.currency, p.business_date, ${CREDITED}, null
  from payment p
  join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id and ${parts.within('b')}
  join channel c on c.channel_id = p.channel_id
 where ${parts.of('p', 'payment_id')}
 order by p.payment_id, b.line`,
  reversal: (parts) => `
select p.payment_id, ${RECEIPT}, v.recorded_at, v.kind, ${parts.text('v.reference')}, c.code, ${OUTLET(parts)},
       ${parts.text('b.bill_number')}, ${parts.text('b.payer_id')}, b.unit, b.service, ${parts.budget},
       ${parts.money('-b.amount_minor')}, ${parts.first('-p.fee_minor')}, ${parts.first('-p.biller_fee_minor')},
       ${parts.first('-p.tax_minor')}, ${parts.first('-p.commission_minor')}, p.currency, v.business_date, ${CREDITED}, ${parts.text('v.reason')}
  from reversal v
  join payment p on p.biller_id = v.biller_id and p.payment_id = v.payment_id
  join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id
  join channel c on c.channel_id = v.channel_id
 where ${parts.of('v', 'payment_id')}
 order by v.payment_id, b.line`,
  rejection: (parts) => `
select p.payment_id, ${RECEIPT}, r.recorded_at, 'rejection', ${parts.text('r.reference')}, c.code, ${OUTLET(parts)},
       ${parts.text('b.bill_number')}, ${parts.text('b.payer_id')}, b.unit, b.service, ${parts.budget},
       ${parts.money('-b.amount_minor')}, ${parts.nothing}, ${parts.nothing}, ${parts.nothing},
       ${parts.nothing}, p.currency, r.business_date, null, r.reason
  from rejection r
  join payment p on p.biller_id = r.biller_id and p.payment_id = r.payment_id
  join rejected_bill x on x.biller_id = r.biller_id and x.payment_id = r.payment_id and x.rejection_id = r.rejection_id
  join payment_bill b on b.biller_id = r.biller_id and b.payment_id = r.payment_id and b.bill_number = x.bill_number
  join channel c on c.channel_id = p.channel_id
 where ${parts.of('r', 'rejection_id')}
 order by r.rejection_id, b.line`,
  adjustment: (parts) => `
select a.payment_id, ${RECEIPT}, a.recorded_at, 'adjustment', null, c.code, null, null, null, 'via-operator',
       null, null, a.unit, a.service, a.budget_line,
       ${parts.money('a.amount_minor')}, ${parts.nothing}, ${parts.nothing}, ${parts.nothing},
       ${parts.nothing}, a.currency, a.business_date, null, ${parts.text('a.reason')}
  from adjustment a
  left join payment p on p.biller_id = a.biller_id and p.payment_id = a.payment_id
  left join channel c on c.channel_id = a.channel_id
 where ${parts.of('a', 'adjustment_id')}
 order by a.adjustment_id`,
};
