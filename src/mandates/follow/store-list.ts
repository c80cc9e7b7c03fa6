// SQL that looks debits up: lists, and what stands of one. The conditions that are asked for alone stand in the statement,
// so that each has its index.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { billerOf, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  DEBIT_COLUMNS,
  toDebit,
  type Debit,
  type DebitRef,
  type DebitRow,
  type DebitState,
} from '../debits/index.ts';

export interface DebitListWish {
  /** null: every agency's. */
  readonly billerId: number | null;
  /** Of this bank, as it may see them: made for it. null: every bank's. */
  readonly channelId: number | null;
  readonly mandateId: Uuid | null;
  readonly payerId: string | null;
  readonly state: DebitState | null;
  readonly from: BusinessDate | null;
  readonly to: BusinessDate | null;
  readonly billNumber: string | null;
  readonly after: { readonly collectOn: BusinessDate; readonly debitId: Uuid } | null;
  readonly limit: number;
}

export interface SeenDebit extends Debit {
  readonly reference: string | null;
  readonly mandateReference: string;
  /** Masked. */
  readonly account: string;
  readonly payerName: string;
  readonly billCount: number;
  readonly plannedAt: Date;
  readonly changedAt: Date;
}

interface SeenRow extends DebitRow {
  reference: string | null;
  mandate_reference: string;
  account: string;
  payer_name: string;
  bill_count: number;
  planned_at: Date;
  changed_at: Date;
}

/** The earliest collected first. */
export async function listDebits(tx: Tx, wish: DebitListWish): Promise<SeenDebit[]> {
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${values.push(value)}`;
  const { channelId, billerId } = wish;
  const biller = billerId === null ? undefined : bound(billerId);
  const fits = conditions(wish, bound, biller);
  const page = `order by o.collect_on, o.debit_id limit ${bound(wish.limit)}`;
  const ofBank = (channel: string) =>
    `select o.* from debit_order o where o.channel_id = ${channel} and o.way is not null ${fits} ${page}`;
  // An agency at a time, so that each page is read along its index.
  const ofAgencies = `select o.* from biller l
    cross join lateral (select o.* from debit_order o where o.biller_id = l.biller_id ${fits} ${page}) o
    ${biller === undefined ? '' : `where l.biller_id = ${biller}`} ${page}`;
  return seen(tx, channelId === null ? ofAgencies : ofBank(bound(channelId)), values);
}

function conditions(
  wish: DebitListWish,
  bound: (value: unknown) => string,
  biller: string | undefined,
): string {
  const { mandateId, payerId, state, from, to, billNumber, after } = wish;
  const inBillers = `biller_id ${biller === undefined ? 'in (select biller_id from biller)' : `= ${biller}`}`;
  const and: string[] = [];
  if (mandateId !== null)
    and.push(`o.mandate_biller_id = ${bound(billerOf(mandateId))} and o.mandate_id = ${bound(mandateId)}`);
  if (payerId !== null)
    and.push(`(o.biller_id, o.mandate_biller_id, o.mandate_id) in (
      select biller_id, mandate_biller_id, mandate_id from mandate_cover where ${inBillers} and payer_id = ${bound(payerId)})`);
  if (billNumber !== null)
    and.push(`(o.biller_id, o.debit_id) in (
      select biller_id, debit_id from debit_bill where ${inBillers} and bill_number = ${bound(billNumber)})`);
  if (state !== null) and.push(`o.state = ${bound(state)}`);
  if (from !== null) and.push(`o.collect_on >= ${bound(from)}`);
  if (to !== null) and.push(`o.collect_on <= ${bound(to)}`);
  if (after !== null)
    and.push(`(o.collect_on, o.debit_id) > (${bound(after.collectOn)}::date, ${bound(after.debitId)}::uuid)`);
  return and.map((each) => `and ${each}`).join('\n');
}

export async function findDebit(tx: Tx, { billerId, debitId }: DebitRef): Promise<SeenDebit | undefined> {
  const one = 'select o.* from debit_order o where o.biller_id = $1 and o.debit_id = $2';
  return (await seen(tx, one, [billerId, debitId]))[0];
}

/** `found` selects rows of debit_order. */
export async function seen(tx: Tx, found: string, values: readonly unknown[]): Promise<SeenDebit[]> {
  const rows = await tx.query<SeenRow>(
    `select ${DEBIT_COLUMNS}, o.reference, o.planned_at, o.changed_at, m.reference as mandate_reference,
            m.shown_account as account, m.payer_name, b.bill_count
       from (${found}) o
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      cross join lateral (select count(*) filter (where o.state = 'dropped' or outcome is null
                                                     or outcome not in ('paid-elsewhere', 'withdrawn'))::int as bill_count
                            from debit_bill where biller_id = o.biller_id and debit_id = o.debit_id) b
      order by o.collect_on, o.debit_id`,
    [...values],
  );
  return rows.map((row) => ({
    ...toDebit(row),
    reference: row.reference,
    mandateReference: row.mandate_reference,
    account: row.account,
    payerName: row.payer_name,
    billCount: row.bill_count,
    plannedAt: row.planned_at,
    changedAt: row.changed_at,
  }));
}
