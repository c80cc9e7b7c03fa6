// Breaks as answers show them: ids as the world knows them, both sides, and what happened.

import { refuse, Refused, type Json } from '../../kernel/errors.ts';
import { billerOf, parseId, showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import { fitting } from './find-resolution.ts';
import type { Resolutions } from './resolution.ts';
import type { BreakAnswer, BreakEntry, BreakQuery } from './schema.ts';
import { findBreak, toBreak, type StoredBreak } from './store-break.ts';
import { readJournals, readSuspense, type JournalRow } from './store-journal.ts';
import { showSide, type SideNames } from './show-side.ts';
import { namesIn } from './store-names.ts';
import { listBreaks, readListed, readSteps, type ListedRow, type StepRow } from './store-list.ts';
import type { BreakTools } from './tools.ts';
import { isLive, readBreakId, scopeOf, seen, type Caller } from './who-may.ts';

/** `billerId`: whose breaks one of the operator's people wants. Refuses `malformed-request` for a page that is none. */
export async function listWork(
  { database }: Pick<BreakTools, 'database'>,
  { person }: Pick<Caller, 'person'>,
  query: BreakQuery,
  billerId: number | undefined,
): Promise<{ items: BreakEntry[]; next: string | null }> {
  const { state = 'open', kind, channel, from, to, owner, after, limit = 100 } = query;
  const before = after === undefined ? null : parseId('brk', after);
  if (before === undefined) throw new Refused(refuse('malformed-request', { field: 'after' }));
  const scope = scopeOf(person);
  const rows = await database.transaction((tx) =>
    listBreaks(tx, {
      ...scope,
      billerId: scope.billerId ?? billerId ?? null,
      state: state === 'all' ? null : state,
      kind: kind ?? null,
      channelCode: channel ?? null,
      billerCode: null,
      from: from ?? null,
      to: to ?? null,
      owner: owner ?? null,
      after: before,
      limit: limit + 1,
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? showId('brk', last.break_id) : null;
  return { items: items.map(showEntry), next };
}

/** Refuses `break-not-found`. */
export async function showBreak(
  { database, resolutions }: BreakTools,
  { person }: Pick<Caller, 'person'>,
  shownId: string,
): Promise<BreakAnswer> {
  const breakId = readBreakId(shownId);
  return database.nodeOf(billerOf(breakId)).transaction(async (tx) => {
    return readAnswer(tx, resolutions, seen(person, shownId, await findBreak(tx, breakId)));
  });
}

/** The break is there. */
export async function readAnswer(
  tx: Tx,
  resolutions: Resolutions,
  key: Pick<StoredBreak, 'billerId' | 'breakId'>,
): Promise<BreakAnswer> {
  const row = await readListed(tx, key);
  if (row === undefined) throw new Error(`break ${key.breakId} is not there`);
  const [lying] = await readSuspense(tx, key);
  const steps = await readSteps(tx, key);
  const contents = steps.map(({ content }) => content);
  const names = await namesIn(tx, [row.ours, row.theirs, ...contents]);
  const isFree = !isLive(row.approval_state) && (row.state === 'open' || lying !== undefined);
  return {
    ...showEntry(row),
    ours: showSide(row.ours, row.currency, names),
    theirs: showSide(row.theirs, row.currency, names),
    mayEndBy: isFree ? fitting(resolutions, toBreak(row)).map(({ name }) => name) : [],
    suspense: lying === undefined ? null : toText({ minor: lying.minor, currency: row.currency }),
    journals: showJournals(await readJournals(tx, key)),
    history: steps.map((step) => showStep(step, row.currency, names)),
  };
}

export type BreakLife = BreakEntry &
  Pick<BreakAnswer, 'history'> & {
    readonly why: string | null;
    /** That a line of a statement contradicts. */
    readonly debitId: string | null;
  };

/** A break and what happened to it, without both sides: they hold what payers' banks say of them. */
export async function readBreakLife(tx: Tx, breakId: Uuid): Promise<BreakLife | undefined> {
  const key = { billerId: billerOf(breakId), breakId };
  const row = await readListed(tx, key);
  if (row === undefined) return undefined;
  const debitId = inOurs(row.ours, 'debitId');
  const history = (await readSteps(tx, key)).map((step) => {
    // What it was opened with are both sides.
    const content = step.action === 'opened' || step.action === 'changed' ? null : step.content;
    return { ...step, content };
  });
  const names = await namesIn(
    tx,
    history.map(({ content }) => content),
  );
  return {
    ...showEntry(row),
    why: inOurs(row.ours, 'why'),
    debitId: debitId === null ? null : showId('dbt', debitId),
    history: history.map((step) => showStep(step, row.currency, names)),
  };
}

function inOurs(ours: Json, name: string): string | null {
  const value =
    typeof ours === 'object' && ours !== null ? new Map<string, Json>(Object.entries(ours)).get(name) : null;
  return typeof value === 'string' ? value : null;
}

export function showEntry(row: ListedRow): BreakEntry {
  const { owner_login: login, owner_name: name } = row;
  return {
    breakId: showId('brk', row.break_id),
    kind: row.kind,
    state: row.state,
    amount: toText({ minor: row.amount_minor, currency: row.currency }),
    direction: row.statement_id === null ? null : directionOf(row.theirs),
    since: row.opened_at.toISOString(),
    days: row.days,
    owner: login === null || name === null ? null : { login, name },
    billerCode: row.biller_code,
    channelCode: row.channel_code,
    businessDate: row.business_date,
    reference: row.reference,
    paymentId: row.shown_payment_id === null ? null : showId('pay', row.shown_payment_id),
    settlementId: row.settlement_id === null ? null : showId('stl', row.settlement_id),
    billNumber: row.bill_number,
    statement:
      row.statement_id === null || row.line === null
        ? null
        : { statementId: showId('stm', row.statement_id), line: row.line },
    approvalId: row.approval_id === null ? null : showId('apr', row.approval_id),
    resolution: row.resolution,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

function showStep(
  { action, login, name, comment, content, approval_id, recorded_at }: StepRow,
  currency: string,
  names: SideNames,
): BreakAnswer['history'][0] {
  return {
    action,
    by: login === null || name === null ? null : { login, name },
    ...(comment !== null && { comment }),
    ...(content !== null && { content: shownContent(content, currency, names) }),
    ...(approval_id !== null && { approvalId: showId('apr', approval_id) }),
    at: recorded_at.toISOString(),
  };
}

/** A step's content is an object, and stays one. */
function shownContent(content: Record<string, Json>, currency: string, names: SideNames) {
  return showSide(content, currency, names) as Record<string, Json>;
}

function showJournals(rows: readonly JournalRow[]): BreakAnswer['journals'] {
  return [...new Set(rows.map((row) => row.journal_id))].flatMap((journalId) => {
    const postings = rows.filter((row) => row.journal_id === journalId);
    const [head] = postings;
    if (head === undefined) return [];
    return {
      book: head.biller_code,
      kind: head.kind,
      businessDate: head.business_date,
      resolution: head.resolution,
      paymentId: head.payment_id === null ? null : showId('pay', head.payment_id),
      postings: postings.map(({ code, party, currency, amount_minor: minor }) => ({
        account: party === null ? code : `${code} ${party}`,
        side: minor > 0n ? ('debit' as const) : ('credit' as const),
        amount: toText({ minor: minor > 0n ? minor : -minor, currency }),
      })),
    };
  });
}

/** Of a line, as it was written down. */
function directionOf(theirs: Json): 'in' | 'out' | null {
  const minor =
    typeof theirs === 'object' && theirs !== null && 'amountMinor' in theirs ? theirs.amountMinor : null;
  if (typeof minor !== 'string') return null;
  return minor.startsWith('-') ? 'out' : 'in';
}
