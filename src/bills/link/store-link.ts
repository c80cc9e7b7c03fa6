// SQL of the agency's words: the snapshot of each bill, written when it answers, read when it does not. A snapshot may
// be lost without harm (it is asked for again), so its commit does not wait for the disk; a payment's commit, which
// comes after it in the log, makes both durable.

import { BEGIN_LOOKUPS, rowSource, textArray, type Statement, type Tx } from '../../platform/db/index.ts';
import type { StoredStatus } from '../amount-due.ts';
import type { CheckedBill } from '../checked-bill.ts';
import type { Said } from './rules.ts';

/** Bills as the agency said them, from the third parameter on. */
export const SAID = rowSource<CheckedBill>(3, [
  { name: 'bill_number', type: 'text', of: (b) => b.billNumber },
  { name: 'payer_id', type: 'text', of: (b) => b.payerId },
  { name: 'payer_name', type: 'text', of: (b) => b.payerName },
  { name: 'description', type: 'text', of: (b) => b.description },
  { name: 'amount_minor', type: 'bigint', of: (b) => b.amountMinor },
  { name: 'min_minor', type: 'bigint', of: (b) => b.minMinor },
  { name: 'max_minor', type: 'bigint', of: (b) => b.maxMinor },
  { name: 'step_minor', type: 'bigint', of: (b) => b.stepMinor },
  { name: 'due_on', type: 'date', of: (b) => b.dueOn },
  { name: 'expires_on', type: 'date', of: (b) => b.expiresOn },
  { name: 'version', type: 'bigint', of: (b) => b.version },
  { name: 'penalty', type: 'json', of: (b) => b.penaltyJson },
  { name: 'lines', type: 'json', of: (b) => b.linesJson },
  { name: 'budget_line', type: 'text', of: (b) => b.budgetLine },
  { name: 'unit', type: 'text', of: (b) => b.unit },
  { name: 'service', type: 'text', of: (b) => b.service },
  { name: 'contact', type: 'json', of: (b) => b.contactJson },
  { name: 'content_hash', type: 'word', of: (b) => b.contentHash },
]);

/** The common cases in one round trip: the bill is new, or stands here as it is said to (rules.ts: created, unchanged). */
const TAKE: Statement = {
  name: 'link_take',
  text: `
with said as (
  select said.*, b.known, b.status, b.held_hash, b.held_version
    from ${SAID.from('many', 'said')} left join lateral (
      select true as known, b.status, b.content_hash as held_hash, b.version as held_version from bill b
       where b.biller_id = $1 and b.bill_number = said.bill_number limit 1) b on true
), fresh as (
  insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor,
    step_minor, due_on, expires_on, version, penalty, lines, budget_line, unit, service, contact, content_hash, received_at)
  select $1, bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor, step_minor, due_on,
    expires_on, version, penalty::jsonb, lines::jsonb, budget_line, unit, service, contact::jsonb,
    decode(content_hash, 'hex'), business_now()
    from said where known is null
  on conflict do nothing returning bill_number
), same as (
  select bill_number from said
   where status = 'open' and held_hash = decode(content_hash, 'hex') and (version is null or version = held_version)
)
insert into bill_snapshot (biller_id, bill_number, asked_at, said, paid_at)
select $1, n.bill_number, business_now() - make_interval(secs => $2::float8 / 1000), 'open', null
  from (select bill_number from fresh union all select bill_number from same) n
on conflict (biller_id, bill_number) do update
   set asked_at = greatest(bill_snapshot.asked_at, excluded.asked_at), said = 'open', paid_at = null
returning bill_number`,
};

/** Bills that are said to be open: those that are now kept as said, with a snapshot. The others need a closer look. */
export async function takeOpen(
  tx: Tx,
  billerId: number,
  bills: readonly CheckedBill[],
  tookMs: number,
): Promise<Set<string>> {
  const rows = await tx.run<{ bill_number: string }>(TAKE, [billerId, tookMs, ...SAID.values('many', bills)]);
  return new Set(rows.map((row) => row.bill_number));
}

const LAXLY = 'set local synchronous_commit = off';

/** Opens a transaction of one statement that notes an answer; see the head of this file. */
export const BEGIN_ANSWER = `${BEGIN_LOOKUPS}; ${LAXLY}`;

/** The same for a transaction that is open already, whose joins go row by row through an index. */
export async function commitLaxly(tx: Tx): Promise<void> {
  await tx.query(
    `${LAXLY}; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off`,
  );
}

/**
 * Open bills of a payer that the agency has spoken of, that were here before the question left, and that the answer does
 * not name, in order. Bills that it only ever presented are not among them: its link may not know of those.
 */
export async function readUnnamed(
  tx: Tx,
  billerId: number,
  payerId: string,
  named: readonly string[],
  tookMs: number,
): Promise<string[]> {
  const rows = await tx.query<{ bill_number: string }>(
    `select b.bill_number from bill b join bill_snapshot s using (biller_id, bill_number)
      where b.biller_id = $1 and b.payer_id = $2 and b.status = 'open' and not b.bill_number = any($3::text[])
        and b.received_at < business_now() - make_interval(secs => $4::float8 / 1000)
      order by b.bill_number`,
    [billerId, payerId, textArray(named), tookMs],
  );
  return rows.map((row) => row.bill_number);
}

/** How a bill stands here and what the agency said of it last. */
export interface StandingWord {
  bill_number: string;
  status: StoredStatus;
  said: Said | null;
  paid_at: Date | null;
  /** When the agency's word was asked for, or came by itself. */
  as_of: Date;
  /** No older than was asked for. */
  fresh: boolean;
}

const STANDING: Statement = {
  name: 'link_standing',
  text: `
select b.bill_number, b.status, s.said, s.paid_at, w.as_of,
       w.as_of >= business_now() - make_interval(secs => $3::int) as fresh
  from unnest($2::text[]) as wanted(bill_number)
 cross join lateral (
   select b.bill_number, b.status, b.received_at from bill b
    where b.biller_id = $1 and b.bill_number = wanted.bill_number limit 1) b
  left join lateral (
   select s.said, s.paid_at, s.asked_at from bill_snapshot s
    where s.biller_id = $1 and s.bill_number = wanted.bill_number limit 1) s on true
 cross join lateral (select greatest(s.asked_at, b.received_at) as as_of) w`,
};

/** Bills that are not here are missing. */
export function readStanding(
  tx: Tx,
  billerId: number,
  numbers: readonly string[],
  freshForSeconds: number,
): Promise<StandingWord[]> {
  return tx.run<StandingWord>(STANDING, [billerId, textArray(numbers), freshForSeconds]);
}

/** When the agency spoke of a payer's open bills, the longest ago; undefined when none of them is here. */
export async function oldestWord(tx: Tx, billerId: number, payerId: string): Promise<Date | undefined> {
  const [row] = await tx.query<{ as_of: Date | null }>(
    `select min(greatest(s.asked_at, b.received_at)) as as_of
       from bill b left join bill_snapshot s on s.biller_id = b.biller_id and s.bill_number = b.bill_number
      where b.biller_id = $1 and b.payer_id = $2 and b.status = 'open'`,
    [billerId, payerId],
  );
  return row?.as_of ?? undefined;
}
