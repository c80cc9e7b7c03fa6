// SQL of one step of loading a bill file: some thousand lines in one short transaction. New bills go straight in
// by COPY; when some exist already, all are staged: the new ones are inserted from there, and of those that exist the rows are locked in order of their numbers, as on the pay path, and shown to
// the intake rules. Everything here runs in that one transaction.

import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { from as copyFrom } from 'pg-copy-streams';
import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';
import type { StoredStatus } from './amount-due.ts';
import type { Reject } from './bill-line.ts';
import { COPIED_COLUMNS } from './copy-text.ts';
import type { BillFileKey } from './store-bill-file.ts';

/**
 * Locks the file's row. Undefined: the file is not where this step begins; someone else is loading it, or it is
 * loaded. `rejected`: lines refused so far.
 */
export async function lockProgress(
  tx: Tx,
  key: BillFileKey,
  expectedLines: number,
): Promise<{ rejected: bigint } | undefined> {
  const [row] = await tx.query<{ rejected: bigint }>(
    `select rejected from bill_file
      where biller_id = $1 and file_id = $2 and state = 'loading' and lines = $3 for update`,
    [key.billerId, key.fileId, expectedLines],
  );
  return row;
}

/** Straight into the bills; a number that exists already, or comes twice, is a unique violation (23505). */
export async function copyBills(tx: Tx, rows: readonly Buffer[]): Promise<void> {
  await copyInto(tx, 'bill', rows);
}

/** Into a table of this transaction, numbered from 1 in the order of the rows. */
export async function stageBills(tx: Tx, rows: readonly Buffer[]): Promise<void> {
  await tx.query(
    `create temporary table staged_bill (
       ordinal integer generated always as identity, biller_id integer not null, bill_number text not null,
       payer_id text not null, payer_name text not null, description text not null, amount_minor bigint,
       min_minor bigint, max_minor bigint, step_minor bigint, due_on date not null, expires_on date, version bigint,
       penalty jsonb, lines jsonb, budget_line text, unit text, service text, contact jsonb,
       content_hash bytea not null, received_at timestamptz not null) on commit drop`,
  );
  await copyInto(tx, 'staged_bill', rows);
}

async function copyInto(tx: Tx, table: 'bill' | 'staged_bill', rows: readonly Buffer[]): Promise<void> {
  await pipeline(
    Readable.from(rows),
    tx.client.query(copyFrom(`copy ${table} (${COPIED_COLUMNS}) from stdin`)),
  );
}

/** Inserts the staged bills that nobody has; in order, so that two files never wait for each other in a circle. */
export async function insertNew(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>(
    `with fresh as (
       insert into bill (${COPIED_COLUMNS})
       select ${COPIED_COLUMNS} from (select distinct on (bill_number) * from staged_bill order by bill_number, ordinal) s
       on conflict do nothing returning 1)
     select count(*) as count from fresh`,
  );
  return Number(row?.count ?? 0n);
}

/** A staged content beside the bill that it is for. */
export interface StagedRow {
  ordinal: number;
  bill_number: string;
  version: bigint | null;
  content_hash: string;
  expires_on: BusinessDate | null;
  standing_status: StoredStatus;
  standing_version: bigint | null;
  standing_hash: string;
  standing_expires_on: BusinessDate | null;
  /** The bill was inserted by this transaction. */
  fresh: boolean;
}

/** Locks the bills of all staged contents, in order of their numbers, each by its key. Rows come by ordinal. */
export function lockStagedBills(tx: Tx, billerId: number): Promise<StagedRow[]> {
  return tx.query<StagedRow>(
    `with standing as materialized (
       select n.bill_number, b.* from (select distinct bill_number from staged_bill order by 1) n
        cross join lateral (
          select status as standing_status, version as standing_version, expires_on as standing_expires_on,
                 encode(content_hash, 'hex') as standing_hash, xmin = pg_current_xact_id()::xid as fresh
            from bill where biller_id = $1 and bill_number = n.bill_number for update) b)
     select s.ordinal, s.bill_number, s.version, encode(s.content_hash, 'hex') as content_hash, s.expires_on,
            b.standing_status, b.standing_version, b.standing_hash, b.standing_expires_on, b.fresh
       from staged_bill s join standing b on b.bill_number = s.bill_number order by s.ordinal`,
    [billerId],
  );
}

/** A bill that gets new content, perhaps several times in one step. */
export interface Replacement {
  readonly billNumber: string;
  /** What goes to the history, oldest first: what stood before (`ordinal` null), then staged contents. */
  readonly past: readonly {
    readonly historyId: string;
    readonly reason: 'replaced' | 'reopened';
    readonly ordinal: number | null;
  }[];
  /** The staged content that remains, and the version that stands with it. */
  readonly ordinal: number;
  readonly version: bigint | null;
}

/** Earlier contents to the history, then the last ones into the bills, which are locked. */
export async function replaceBills(
  tx: Tx,
  billerId: number,
  replacements: readonly Replacement[],
  now: Date,
): Promise<void> {
  if (replacements.length === 0) return;
  await lookUpByKey(tx);
  const past = replacements.flatMap(({ billNumber, past }) =>
    past.map((entry) => ({ ...entry, billNumber })),
  );
  await tx.query(
    `insert into bill_history (biller_id, bill_number, history_id, reason, content, recorded_at)
     select $1, p.bill_number, p.history_id, p.reason,
            case when p.ordinal is null then to_jsonb(b) - '{biller_id,bill_number}'::text[]
                 else to_jsonb(s) - '{ordinal,biller_id,bill_number}'::text[] end, $2
       from unnest($3::text[], $4::uuid[], $5::text[], $6::int[]) as p(bill_number, history_id, reason, ordinal)
       join bill b on b.biller_id = $1 and b.bill_number = p.bill_number
       left join staged_bill s on s.ordinal = p.ordinal`,
    [
      billerId,
      now,
      textArray(past, (entry) => entry.billNumber),
      plainArray(past, (entry) => entry.historyId),
      textArray(past, (entry) => entry.reason),
      plainArray(past, (entry) => entry.ordinal),
    ],
  );
  await tx.query(
    `update bill b set status = 'open', payer_id = s.payer_id, payer_name = s.payer_name, description = s.description,
            amount_minor = s.amount_minor, min_minor = s.min_minor, max_minor = s.max_minor, step_minor = s.step_minor,
            due_on = s.due_on, expires_on = s.expires_on, version = r.version, penalty = s.penalty, lines = s.lines,
            budget_line = s.budget_line, unit = s.unit, service = s.service, contact = s.contact,
            content_hash = s.content_hash, received_at = s.received_at, revision = b.revision + r.steps
       from unnest($2::int[], $3::int[], $4::bigint[]) as r(ordinal, steps, version)
       join staged_bill s on s.ordinal = r.ordinal
      where b.biller_id = $1 and b.bill_number = s.bill_number`,
    [
      billerId,
      plainArray(replacements, (replacement) => replacement.ordinal),
      plainArray(replacements, (replacement) => replacement.past.length),
      plainArray(replacements, (replacement) => replacement.version),
    ],
  );
}

/** A step touches a small part of the bills: every join below goes row by row through an index, never over them all. */
async function lookUpByKey(tx: Tx): Promise<void> {
  await tx.query('create unique index on staged_bill (ordinal)');
  await tx.query('set local enable_hashjoin = off');
  await tx.query('set local enable_mergejoin = off');
}

export interface NumberedReject {
  readonly line: number;
  readonly reject: Reject;
}

export async function insertRejects(
  tx: Tx,
  key: BillFileKey,
  rejects: readonly NumberedReject[],
): Promise<void> {
  if (rejects.length === 0) return;
  await tx.query(
    `insert into bill_file_reject (biller_id, file_id, line, code, field, detail)
     select $1, $2, r.* from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) as r`,
    [
      key.billerId,
      key.fileId,
      plainArray(rejects, ({ line }) => line),
      textArray(rejects, ({ reject }) => reject.code),
      textArray(rejects, ({ reject }) => reject.field),
      textArray(rejects, ({ reject }) => reject.detail),
    ],
  );
}

export interface StepCounts {
  readonly lines: number;
  readonly created: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly rejected: number;
}

export async function advance(tx: Tx, key: BillFileKey, counts: StepCounts): Promise<void> {
  await tx.query(
    `update bill_file set lines = lines + $3, created = created + $4, replaced = replaced + $5,
            unchanged = unchanged + $6, rejected = rejected + $7, touched_at = clock_timestamp()
      where biller_id = $1 and file_id = $2`,
    [
      key.billerId,
      key.fileId,
      counts.lines,
      counts.created,
      counts.replaced,
      counts.unchanged,
      counts.rejected,
    ],
  );
}

/** False: the file has moved on under someone else. */
export async function markDone(tx: Tx, key: BillFileKey, expectedLines: number): Promise<boolean> {
  const rows = await tx.query(
    `update bill_file set state = 'done', done_at = business_now(), touched_at = clock_timestamp()
      where biller_id = $1 and file_id = $2 and state = 'loading' and lines = $3 returning 1`,
    [key.billerId, key.fileId, expectedLines],
  );
  return rows.length === 1;
}

/** Takes part of a second, whatever the size of the table: it reads a sample. */
export async function analyzeBills(tx: Tx): Promise<void> {
  await tx.query('analyze bill');
}
