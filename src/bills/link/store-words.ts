// SQL by which bills follow their agency's word, all of an answer at once: a thousand bills cost some statements, not
// some thousand. Remember: the bills are locked first, in the order of their numbers, and read then.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { StoredStatus } from '../amount-due.ts';
import type { CheckedBill } from '../checked-bill.ts';
import type { Said } from './rules.ts';
import { SAID } from './store-link.ts';

export interface StandingRow {
  bill_number: string;
  status: StoredStatus;
  version: bigint | null;
  content_hash: string;
  expires_on: BusinessDate | null;
}

/** Locks those of the bills that are here. */
export function lockBills(tx: Tx, billerId: number, numbers: readonly string[]): Promise<StandingRow[]> {
  return tx.query<StandingRow>(
    `select b.* from (select n from unnest($2::text[]) as w(n) order by n) wanted
      cross join lateral (
        select bill_number, status, version, encode(content_hash, 'hex') as content_hash, expires_on
          from bill where biller_id = $1 and bill_number = wanted.n for update) b`,
    [billerId, textArray(numbers)],
  );
}

export interface LastWord {
  bill_number: string;
  said: Said;
  /** It was asked for after the question that is being answered had left. */
  is_later: boolean;
}

/** The bills' rows are locked already, where there are any. */
export function readLastWords(
  tx: Tx,
  billerId: number,
  numbers: readonly string[],
  tookMs: number,
): Promise<LastWord[]> {
  return tx.query<LastWord>(
    `select s.bill_number, s.said, s.asked_at > t.asked_at as is_later
       from (select business_now() - make_interval(secs => $3::float8 / 1000) as asked_at) t, unnest($2::text[]) as w(n)
      cross join lateral (
        select bill_number, said, asked_at from bill_snapshot where biller_id = $1 and bill_number = w.n limit 1) s`,
    [billerId, textArray(numbers), tookMs],
  );
}

/** Returns how many; fewer when somebody has made one of them meanwhile. */
export async function createBills(
  tx: Tx,
  billerId: number,
  bills: readonly CheckedBill[],
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor,
       step_minor, due_on, expires_on, version, penalty, lines, budget_line, unit, service, contact, content_hash, received_at)
     select $1, bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor, step_minor, due_on,
       expires_on, version, penalty::jsonb, lines::jsonb, budget_line, unit, service, contact::jsonb,
       decode(content_hash, 'hex'), $2
       from ${SAID.from('many', 'said')} order by bill_number
     on conflict do nothing returning 1`,
    [billerId, now, ...SAID.values('many', bills)],
  );
  return rows.length;
}

/** New content for bills that are locked. A version that it does not name stays, so that versions never go back. */
export async function replaceBills(
  tx: Tx,
  billerId: number,
  bills: readonly CheckedBill[],
  now: Date,
): Promise<void> {
  await tx.query(
    `update bill b set status = 'open', payer_id = said.payer_id, payer_name = said.payer_name,
            description = said.description, amount_minor = said.amount_minor, min_minor = said.min_minor,
            max_minor = said.max_minor, step_minor = said.step_minor, due_on = said.due_on, expires_on = said.expires_on,
            version = coalesce(said.version, b.version), penalty = said.penalty::jsonb, lines = said.lines::jsonb,
            budget_line = said.budget_line, unit = said.unit, service = said.service, contact = said.contact::jsonb,
            content_hash = decode(said.content_hash, 'hex'), received_at = $2, revision = b.revision + 1
       from ${SAID.from('many', 'said')}
      where b.biller_id = $1 and b.bill_number = said.bill_number`,
    [billerId, now, ...SAID.values('many', bills)],
  );
}

export async function cancelBills(tx: Tx, billerId: number, numbers: readonly string[]): Promise<void> {
  await tx.query(
    `update bill b set status = 'cancelled' from unnest($2::text[]) as w(n)
      where b.biller_id = $1 and b.bill_number = w.n`,
    [billerId, textArray(numbers)],
  );
}

export interface PastBill {
  readonly billNumber: string;
  readonly historyId: string;
  readonly reason: 'replaced' | 'reopened' | 'cancelled';
  /** Why it is owed no longer. */
  readonly note: string | null;
}

/** Keeps the bills as they stand now; call it before the change. */
export async function keepHistories(
  tx: Tx,
  billerId: number,
  past: readonly PastBill[],
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into bill_history (biller_id, bill_number, history_id, reason, content, recorded_at)
     select b.biller_id, b.bill_number, p.history_id, p.reason,
            to_jsonb(b) - '{biller_id,bill_number}'::text[]
              || case when p.note is null then '{}'
                      else jsonb_build_object('note', jsonb_build_object('reference', 'agency-link', 'reason', p.note)) end,
            $2
       from unnest($3::text[], $4::uuid[], $5::text[], $6::text[]) as p(bill_number, history_id, reason, note)
       join bill b on b.biller_id = $1 and b.bill_number = p.bill_number`,
    [
      billerId,
      now,
      textArray(past, (entry) => entry.billNumber),
      plainArray(past, (entry) => entry.historyId),
      plainArray(past, (entry) => entry.reason),
      textArray(past, (entry) => entry.note),
    ],
  );
}

export interface NewSnapshot {
  readonly billNumber: string;
  readonly said: Said;
  readonly paidAt: string | null;
}

/** The bills are locked, where there are any. */
export async function putSnapshots(
  tx: Tx,
  billerId: number,
  snapshots: readonly NewSnapshot[],
  tookMs: number,
): Promise<void> {
  await tx.query(
    `insert into bill_snapshot as s (biller_id, bill_number, asked_at, said, paid_at)
     select $1, n.bill_number, business_now() - make_interval(secs => $2::float8 / 1000), n.said, n.paid_at
       from unnest($3::text[], $4::text[], $5::timestamptz[]) as n(bill_number, said, paid_at) order by n.bill_number
     on conflict (biller_id, bill_number) do update
        set asked_at = greatest(s.asked_at, excluded.asked_at), said = excluded.said, paid_at = excluded.paid_at`,
    [
      billerId,
      tookMs,
      textArray(snapshots, (snapshot) => snapshot.billNumber),
      plainArray(snapshots, (snapshot) => snapshot.said),
      textArray(snapshots, (snapshot) => snapshot.paidAt),
    ],
  );
}
