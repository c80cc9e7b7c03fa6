// SQL of building: which debits are due, and what stands of their bills and mandates. The order of locks: bills, mandates,
// debits.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { Debit, DebitBill, DebitRef } from '../debits/index.ts';
import type { BillNow, BillOut, MandateNow } from './check-debit.ts';

/** One worker builds for a biller at a time: two would wait for each other. False: another does. */
export async function takeTurn(tx: Tx, billerId: number): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('wasit:debits-built'), $1) as mine`,
    [billerId],
  );
  return row?.mine ?? false;
}

const DUE = `select biller_id as "billerId", debit_id as "debitId", mandate_biller_id as "mandateBillerId", mandate_id as "mandateId",
        send_on as "sendOn"
   from debit_order
  where biller_id = $1 and state = 'planned' and send_on <= $2::date and channel_id = any($3::int[])
    and (send_on, debit_id) > ($4::date, $5::uuid) and (retry_of is null or not debit_contradicted(retry_of))
  order by send_on, debit_id limit $6`;

export type DueDebit = DebitRef & Pick<Debit, 'mandateBillerId' | 'mandateId'>;

/** Where the walk over what is due has come to. */
export interface DueCursor {
  readonly sendOn: BusinessDate;
  readonly debitId: Uuid;
}

interface DueWish {
  readonly billerId: number;
  readonly sendBy: BusinessDate;
  readonly channelIds: readonly number[];
  /** What was built before is not passed over again: its places in the index stay for a while. */
  readonly after: DueCursor | undefined;
}

/** Nothing is locked yet. */
export function nextDue(
  tx: Tx,
  { billerId, sendBy, channelIds, after }: DueWish,
  limit: number,
): Promise<(DueDebit & DueCursor)[]> {
  return tx.query<DueDebit & DueCursor>(DUE, [
    billerId,
    sendBy,
    plainArray(channelIds),
    after?.sendOn ?? '0001-01-01',
    after?.debitId ?? '00000000-0000-0000-0000-000000000000',
    limit,
  ]);
}

export interface BillOfDebit extends DebitBill {
  readonly revision: number | null;
  readonly debitId: Uuid;
}

const BILLS = `select b.debit_id as "debitId", b.bill_number as "billNumber", b.due_on as "dueOn", b.owed_as_of as "owedAsOf", b.amount_minor as "amountMinor",
        b.bill_revision as revision
   from unnest($2::uuid[]) as wanted(debit_id)
  cross join lateral (
    select * from debit_bill b where b.biller_id = $1 and b.debit_id = wanted.debit_id and b.live offset 0) b`;

export function billsOf(tx: Tx, billerId: number, debits: readonly DebitRef[]): Promise<BillOfDebit[]> {
  return tx.query<BillOfDebit>(BILLS, [billerId, plainArray(debits, (each) => each.debitId)]);
}

const LOCK_BILLS = `select b.* from unnest($2::text[]) as wanted(bill_number)
  cross join lateral (
    select b.bill_number as "billNumber", b.status, b.payer_id as "payerId", b.unit, b.amount_minor as "amountMinor", b.due_on as "dueOn",
           b.expires_on as "expiresOn", b.penalty, b.revision
      from bill b where b.biller_id = $1 and b.bill_number = wanted.bill_number for no key update) b`;

/** By number; who replaces, cancels or pays one waits. */
export async function lockBillsOf(
  tx: Tx,
  billerId: number,
  billNumbers: readonly string[],
): Promise<Map<string, BillNow>> {
  const sorted = [...new Set(billNumbers)].sort();
  const rows = await tx.query<BillNow & { billNumber: string }>(LOCK_BILLS, [billerId, textArray(sorted)]);
  return new Map(rows.map((row) => [row.billNumber, row]));
}

/** Those whose debits have become more: what counts against their ceilings is read under the lock. */
export async function lockMandates(tx: Tx, of: readonly DueDebit[]): Promise<void> {
  if (of.length === 0) return;
  await tx.query(
    `select from mandate where (biller_id, mandate_id) in (select * from unnest($1::int[], $2::uuid[]))
      order by biller_id, mandate_id for no key update`,
    [plainArray(of, (each) => each.mandateBillerId), plainArray(of, (each) => each.mandateId)],
  );
}

const MANDATES = `select o.debit_id as "debitId", m.state, m.collect, m.valid_until as "validUntil", m.per_debit_minor as "perDebitMinor",
        m.per_month_minor as "perMonthMinor", m.announce_days as "announceDays", u.minor as "othersMinor", coalesce(c.covers, '[]') as covers
   from unnest($2::uuid[]) as wanted(debit_id)
  cross join lateral (select * from debit_order o where o.biller_id = $1 and o.debit_id = wanted.debit_id limit 1) o
  cross join lateral (select * from mandate where biller_id = o.mandate_biller_id and mandate_id = o.mandate_id offset 0) m
  cross join lateral (
    select coalesce(sum(s.amount_minor), 0)::bigint as minor from debit_order s
     where s.mandate_biller_id = o.mandate_biller_id and s.mandate_id = o.mandate_id and s.debit_id <> o.debit_id
       and s.collect_on >= date_trunc('month', o.collect_on)::date
       and s.collect_on < (date_trunc('month', o.collect_on) + interval '1 month')::date
       and s.state in ('planned', 'built', 'sent', 'collected')) u
  cross join lateral (
    select json_agg(json_build_object('payerId', payer_id, 'units', units)) as covers from mandate_cover
     where biller_id = $1 and mandate_biller_id = o.mandate_biller_id and mandate_id = o.mandate_id and state = 'accepted') c`;

/** By debit id. */
export async function mandatesOf(
  tx: Tx,
  billerId: number,
  debits: readonly DebitRef[],
): Promise<Map<Uuid, MandateNow>> {
  const rows = await tx.query<MandateNow & { debitId: Uuid }>(MANDATES, [
    billerId,
    plainArray(debits, (each) => each.debitId),
  ]);
  return new Map(rows.map((row) => [row.debitId, row]));
}

export type OutOfDebit = BillOut & DebitRef;

/** Others may collect them, or nobody needs to any more. */
export async function takeOut(tx: Tx, out: readonly OutOfDebit[]): Promise<void> {
  if (out.length === 0) return;
  await tx.query(
    `update debit_bill b set live = false, outcome = n.outcome
       from unnest($1::int[], $2::uuid[], $3::text[], $4::text[]) as n(biller_id, debit_id, bill_number, outcome)
      where b.biller_id = n.biller_id and b.debit_id = n.debit_id and b.bill_number = n.bill_number`,
    [
      plainArray(out, (each) => each.billerId),
      plainArray(out, (each) => each.debitId),
      textArray(out, (each) => each.billNumber),
      textArray(out, (each) => each.outcome),
    ],
  );
}

export type NewAmount = DebitRef & {
  readonly billNumber: string;
  readonly minor: bigint;
  /** Of the bill that it was reckoned from. */
  readonly revision: number;
};

export async function setAmounts(tx: Tx, amounts: readonly NewAmount[]): Promise<void> {
  if (amounts.length === 0) return;
  await tx.query(
    `update debit_bill b set amount_minor = n.minor, bill_revision = n.revision
       from unnest($1::int[], $2::uuid[], $3::text[], $4::bigint[], $5::int[]) as n(biller_id, debit_id, bill_number, minor, revision)
      where b.biller_id = n.biller_id and b.debit_id = n.debit_id and b.bill_number = n.bill_number`,
    [
      plainArray(amounts, (each) => each.billerId),
      plainArray(amounts, (each) => each.debitId),
      textArray(amounts, (each) => each.billNumber),
      plainArray(amounts, (each) => each.minor),
      plainArray(amounts, (each) => each.revision),
    ],
  );
}
