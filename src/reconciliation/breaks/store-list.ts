// SQL that looks breaks up: the work list, what happened to one, and what both sides of it lead to.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Proposal } from '../../approvals/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { BREAK, type BreakRow, type StoredBreak } from './store-break.ts';
import type { BreakAction } from './states.ts';

export interface ListWish {
  /** null: whatever it is. */
  readonly billerId: number | null;
  readonly channelId: number | null;
  readonly state: string | null;
  readonly kind: string | null;
  readonly channelCode: string | null;
  readonly billerCode: string | null;
  /** Of the business date, else the day on which it was opened. */
  readonly from: BusinessDate | null;
  readonly to: BusinessDate | null;
  /** A login, or `none`. */
  readonly owner: string | null;
  readonly after: Uuid | null;
  readonly limit: number;
}

export interface ListedRow extends BreakRow {
  biller_code: string | null;
  channel_code: string | null;
  owner_login: string | null;
  owner_name: string | null;
  days: number;
  /** The break's own, or the one that its end made or undid. */
  shown_payment_id: Uuid | null;
  settlement_id: Uuid | null;
}

const LISTED = `select ${BREAK}, b.code as biller_code, c.code as channel_code, s.login as owner_login, s.name as owner_name,
    greatest(0, floor(extract(epoch from coalesce(k.ended_at, business_now()) - k.opened_at) / 86400))::int as days,
    y.payment_id as shown_payment_id,
    (select t.settlement_id from payment p
       join settlement_batch t on t.biller_id = p.biller_id and t.business_date = p.business_date
      where p.biller_id = y.biller_id and p.payment_id = y.payment_id) as settlement_id
  from break k
  left join lateral (
    select biller_id, payment_id from (
      select 1 as place, k.biller_id, k.payment_id
      union all
      select 2, x.biller_id, x.payment_id from break_journal x
       where k.state = 'resolved' and x.break_biller_id = k.biller_id and x.break_id = k.break_id
      union all
      select 3, m.biller_id, m.subject_id from statement_match m
       where k.state = 'resolved' and m.statement_id = k.statement_id and m.line = k.line and m.approval_id = k.approval_id
         and m.kind in ('deposit', 'taken-back')) told
     where payment_id is not null order by place limit 1) y on true
  left join biller b on b.biller_id = k.biller_id
  left join channel c on c.channel_id = k.channel_id
  left join staff s on s.staff_id = k.owner`;

/** The oldest first: an id begins with its time. */
export function listBreaks(tx: Tx, wish: ListWish): Promise<ListedRow[]> {
  return tx.query<ListedRow>(
    `${LISTED}
      where ($1::int is null or k.biller_id = $1) and ($2::int is null or k.channel_id = $2)
        and ($3::text is null or k.state = $3) and ($4::text is null or k.kind = $4)
        and ($5::text is null or c.code = $5) and ($6::text is null or b.code = $6)
        and ($7::date is null or coalesce(k.business_date, k.opened_at::date) >= $7)
        and ($8::date is null or coalesce(k.business_date, k.opened_at::date) <= $8)
        and case when $9::text is null then true when $9 = 'none' then k.owner is null else s.login = $9 end
        and ($10::uuid is null or k.break_id > $10)
      order by k.break_id limit $11`,
    [
      wish.billerId,
      wish.channelId,
      wish.state,
      wish.kind,
      wish.channelCode,
      wish.billerCode,
      wish.from,
      wish.to,
      wish.owner,
      wish.after,
      wish.limit,
    ],
  );
}

export async function readListed(
  tx: Tx,
  { billerId, breakId }: Pick<StoredBreak, 'billerId' | 'breakId'>,
): Promise<ListedRow | undefined> {
  const [row] = await tx.query<ListedRow>(`${LISTED} where k.biller_id = $1 and k.break_id = $2`, [
    billerId,
    breakId,
  ]);
  return row;
}

export interface StepRow {
  action: BreakAction;
  staff_id: Uuid | null;
  login: string | null;
  name: string | null;
  comment: string | null;
  content: Record<string, Json> | null;
  approval_id: Uuid | null;
  recorded_at: Date;
}

/** In order. */
export function readSteps(
  tx: Tx,
  { billerId, breakId }: Pick<StoredBreak, 'billerId' | 'breakId'>,
): Promise<StepRow[]> {
  return tx.query<StepRow>(
    `select p.action, p.staff_id, s.login, s.name, p.comment, p.content, p.approval_id, p.recorded_at
       from break_step p left join staff s using (staff_id)
      where p.biller_id = $1 and p.break_id = $2 order by p.recorded_at, p.step_id`,
    [billerId, breakId],
  );
}

export async function lastSaid(
  tx: Tx,
  it: Pick<StoredBreak, 'billerId' | 'breakId'>,
): Promise<StepRow | undefined> {
  const last = (await readSteps(tx, it)).at(-1);
  return last?.action === 'commented' ? last : undefined;
}

/** One of the operator's people who may still sign in. */
export async function findDeskPerson(tx: Tx, login: string): Promise<Uuid | undefined> {
  const [row] = await tx.query<{ staff_id: Uuid }>(
    `select staff_id from staff
      where login = $1 and disabled_at is null and role in ('operator-admin', 'support')`,
    [login],
  );
  return row?.staff_id;
}

/** The request under this reference, as it was put. */
export async function findRequest(
  tx: Tx,
  billerId: number,
  kind: string,
  reference: string,
): Promise<{ approvalId: Uuid; proposal: Proposal } | undefined> {
  const [row] = await tx.query<{
    approval_id: Uuid;
    subject: string;
    summary: string;
    content: Record<string, unknown>;
    amount_minor: bigint | null;
    currency: string | null;
  }>(
    `select approval_id, subject, summary, content, amount_minor, currency from approval
      where biller_id = $1 and kind = $2 and reference = $3`,
    [billerId, kind, reference],
  );
  if (row === undefined) return undefined;
  const { approval_id: approvalId, subject, summary, content, amount_minor: minor, currency } = row;
  const amount = minor === null || currency === null ? {} : { amount: { minor, currency } };
  return { approvalId, proposal: { subject, summary, content, ...amount } };
}
