// The statements behind the detail: rows as they stand in the tables, amounts in minor units, instants as microseconds.
// What they look like to people is written elsewhere (entry-lines.ts), where it costs a fraction.

import { isBusinessDate, type BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Source } from '../step.ts';
import { OUTCOME } from '../store-paid.ts';

/** What its rows are called and ordered by. */
export const SOURCE_ID: Record<Source, string> = {
  payment: 'payment_id',
  reversal: 'payment_id',
  rejection: 'rejection_id',
  adjustment: 'adjustment_id',
};

/** What every row has, in this order. `local`: the instant in the session's time zone. */
export const ROW_COLUMNS = [
  'paymentId',
  'receiptNo',
  'instant',
  'local',
  'kind',
  'reference',
  'channelId',
  'outlet',
  'method',
  'route',
  'billNumber',
  'payerId',
  'unit',
  'service',
  'budgetLine',
  'amount',
  'payerFee',
  'billerFee',
  'tax',
  'commission',
  'credited',
  'note',
] as const;
export type RowColumn = (typeof ROW_COLUMNS)[number];

export interface EntrySpan {
  readonly source: Source;
  readonly billerId: number;
  readonly businessDate: BusinessDate;
  /** Excluded; */
  readonly after: Uuid;
  /** included. */
  readonly through: Uuid;
  /** Decimals of the currency. */
  readonly scale: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The select of a span's rows. COPY takes no parameters: values are checked and written into the text. */
export function entrySql({ source, billerId, businessDate, after, through, scale }: EntrySpan): string {
  if (
    !isBusinessDate(businessDate) ||
    !UUID.test(after) ||
    !UUID.test(through) ||
    !Number.isInteger(billerId)
  )
    throw new RangeError('no span of entries');
  const within = (id: string): string => `${id} > '${after}' and ${id} <= '${through}'`;
  const { rows, from, of, order } = SELECTS[source];
  const select = ROW_COLUMNS.map((column) => rows(scale)[column] ?? 'null').join(', ');
  const id = `${of}.${SOURCE_ID[source]}`;
  // The same span of payments in the table of their bills, where the rows stand together as well.
  const bills = source === 'payment' ? ` and ${within('b.payment_id')}` : '';
  return `select ${select} from ${from}
    where ${of}.biller_id = ${billerId} and ${of}.business_date = '${businessDate}' and ${within(id)}${bills}
    order by ${id}${order}`;
}

interface Select {
  /** What is left out is null. */
  readonly rows: (scale: number) => Partial<Record<RowColumn, string>>;
  readonly from: string;
  /** Whose rows make up the span. */
  readonly of: string;
  readonly order: string;
}

const PAYMENT = {
  paymentId: 'p.payment_id',
  receiptNo: 'p.receipt_no',
  channelId: 'p.channel_id',
  outlet: `p.details -> 'outlet'`,
  method: 'p.method',
  route: 'p.route',
};

const bill = (scale: number): Partial<Record<RowColumn, string>> => ({
  billNumber: 'b.bill_number',
  payerId: 'b.payer_id',
  unit: 'b.unit',
  service: 'b.service',
  budgetLine: `case when b.budget is null then b.budget_line else (
    select string_agg((e ->> 'line') || '=' || (e ->> 'minor')::bigint * ${scale === 0 ? '1' : `0.${'0'.repeat(scale - 1)}1`}, ';')
      from json_array_elements(b.budget) e) end`,
});

/** On the first line of their payment only. */
const fees = (sign: '' | '-'): Partial<Record<RowColumn, string>> => {
  const first = (column: string): string => `case when b.line > 1 then 0 else ${sign}p.${column} end`;
  return {
    payerFee: first('fee_minor'),
    billerFee: first('biller_fee_minor'),
    tax: first('tax_minor'),
    commission: first('commission_minor'),
  };
};

const NO_FEES = { payerFee: '0::bigint', billerFee: '0::bigint', tax: '0::bigint', commission: '0::bigint' };

/** Money that no bill could take, and why; of several bills one may have kept the others from being paid. */
const CREDITED = `case when (${OUTCOME}) = 'credited' then coalesce(b.refusal, 'with-another-bill') end`;

/** As the splits have it: an adjustment that names a payment is of the channel and the route that it names itself. */
const SELECTS: Record<Source, Select> = {
  payment: {
    rows: (scale) => ({
      ...PAYMENT,
      ...bill(scale),
      ...fees(''),
      instant: 'p.accepted_at',
      local: 'p.accepted_at::timestamp',
      kind: `'payment'`,
      reference: 'p.reference',
      amount: 'b.amount_minor',
      credited: CREDITED,
    }),
    from: `payment p
      join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id`,
    of: 'p',
    order: ', b.line',
  },
  reversal: {
    rows: (scale) => ({
      ...PAYMENT,
      ...bill(scale),
      ...fees('-'),
      channelId: 'v.channel_id',
      instant: 'v.recorded_at',
      local: 'v.recorded_at::timestamp',
      kind: 'v.kind',
      reference: 'v.reference',
      amount: '-b.amount_minor',
      credited: CREDITED,
      note: 'v.reason',
    }),
    from: `reversal v
      join payment p on p.biller_id = v.biller_id and p.payment_id = v.payment_id
      join payment_bill b on b.biller_id = p.biller_id and b.payment_id = p.payment_id`,
    of: 'v',
    order: ', b.line',
  },
  rejection: {
    rows: (scale) => ({
      ...PAYMENT,
      ...bill(scale),
      ...NO_FEES,
      instant: 'r.recorded_at',
      local: 'r.recorded_at::timestamp',
      kind: `'rejection'`,
      reference: 'r.reference',
      amount: '-b.amount_minor',
      note: 'r.reason',
    }),
    from: `rejection r
      join payment p on p.biller_id = r.biller_id and p.payment_id = r.payment_id
      join rejected_bill x on x.biller_id = r.biller_id and x.payment_id = r.payment_id and x.rejection_id = r.rejection_id
      join payment_bill b on b.biller_id = r.biller_id and b.payment_id = r.payment_id and b.bill_number = x.bill_number`,
    of: 'r',
    order: ', b.line',
  },
  adjustment: {
    rows: () => ({
      ...NO_FEES,
      paymentId: 'a.payment_id',
      receiptNo: 'p.receipt_no',
      channelId: 'a.channel_id',
      route: 'a.route',
      instant: 'a.recorded_at',
      local: 'a.recorded_at::timestamp',
      kind: `'adjustment'`,
      reference: 'd.reference',
      // Whose credit it was; '' is suspense, which is nobody's.
      payerId: `nullif(d.content ->> 'payerId', '')`,
      unit: 'a.unit',
      service: 'a.service',
      budgetLine: 'a.budget_line',
      amount: 'a.amount_minor',
      note: 'a.reason',
    }),
    from: `adjustment a
      left join payment p on p.biller_id = a.biller_id and p.payment_id = a.payment_id
      left join approval d on d.biller_id = a.biller_id and d.approval_id = a.approval_id`,
    of: 'a',
    order: '',
  },
};
