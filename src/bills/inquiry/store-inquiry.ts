// Reading bills for inquiries: what arrived in one turn of the event loop is answered by one statement. Nothing is
// locked. Each row comes with the payer's credit; each answer with the books' time and the configuration's revision.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { plainArray, textArray, type Statement, type Tx } from '../../platform/db/index.ts';
import type { BillKey, BillRow } from '../store-pay.ts';

const COLUMNS = `b.biller_id, b.bill_number, b.payer_id, b.payer_name, b.description, b.status, b.amount_minor, b.min_minor,
  b.max_minor, b.step_minor, b.due_on, b.expires_on, b.revision, b.penalty, b.lines, b.budget_line, b.unit,
  b.service, b.payment_id`;

export interface AskedBill extends BillRow {
  payer_name: string;
  description: string;
}

/** One row per asked bill, in the order asked; `bill_number` is null where there is no such bill. */
export interface AskedRow extends Omit<AskedBill, 'bill_number'> {
  now: Date;
  configuration: bigint;
  bill_number: string | null;
  credit_minor: bigint | null;
}

const BY_NUMBER: Statement = {
  name: 'inquiry_by_number',
  text: `
select t.now, t.configuration, ${COLUMNS},
       (select c.available_minor from credit c
         where c.biller_id = b.biller_id and c.payer_id = b.payer_id and c.available_minor > 0
           and c.currency = (select a.currency from biller a where a.biller_id = b.biller_id)) as credit_minor
  from (select business_now() as now, (select revision from configuration) as configuration) t
 cross join unnest($1::int[], $2::text[]) with ordinality as asked(biller_id, bill_number, place)
  left join lateral (
    select * from bill b where b.biller_id = asked.biller_id and b.bill_number = asked.bill_number limit 1) b on true
 order by asked.place`,
};

export function readBills(tx: Tx, keys: readonly BillKey[]): Promise<AskedRow[]> {
  return tx.run<AskedRow>(BY_NUMBER, [
    plainArray(keys, (k) => k.billerId),
    textArray(keys, (k) => k.billNumber),
  ]);
}

const BY_PAYER: Statement = {
  name: 'inquiry_by_payer',
  text: `
select ${COLUMNS} from bill b
 where b.biller_id = $1 and b.payer_id = $2 and b.status = 'open' and (b.expires_on is null or b.expires_on >= $3::date)
   and (b.due_on, b.bill_number) > ($4::date, $5)
 order by b.due_on, b.bill_number limit $6`,
};

export interface PayerQuery {
  readonly billerId: number;
  readonly payerId: string;
  readonly today: BusinessDate;
  readonly after: { dueOn: BusinessDate; billNumber: string };
  readonly limit: number;
}

/** A payer's open bills, oldest due first. */
export function readPayersBills(tx: Tx, query: PayerQuery): Promise<AskedBill[]> {
  const { billerId, payerId, today, after, limit } = query;
  return tx.run<AskedBill>(BY_PAYER, [billerId, payerId, today, after.dueOn, after.billNumber, limit]);
}

const MOMENT: Statement = {
  name: 'inquiry_moment',
  text: `select business_now() as now, (select revision from configuration) as configuration,
       (select available_minor from credit where biller_id = $1 and payer_id = $2 and available_minor > 0
                  and currency = (select a.currency from biller a where a.biller_id = $1)) as credit_minor`,
};

export interface Moment {
  now: Date;
  configuration: bigint;
  credit_minor: bigint | null;
}

export async function readMoment(tx: Tx, billerId: number, payerId: string): Promise<Moment> {
  const [moment] = await tx.run<Moment>(MOMENT, [billerId, payerId]);
  if (moment === undefined) throw new Error('the database told no time');
  return moment;
}
