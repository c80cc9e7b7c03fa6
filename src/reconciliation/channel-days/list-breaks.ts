// The breaks of a channel's day: in pages for programs, as one CSV for people. A channel sees its own alone.

import { csvCell } from '../../kernel/csv-cell.ts';
import { refuse, type Json, type Refusal } from '../../kernel/errors.ts';
import { parseId, showId } from '../../kernel/ids.ts';
import { formatMinor, money, toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import type { BreakList } from './schema.ts';
import { readBreaks, readVersions, type BreakPage, type BreakRow } from './store-day.ts';

export type BreakWish = Omit<BreakPage, 'after'> & { readonly after?: string | undefined };

/** Refuses `reconciliation-not-found`, and `malformed-request` for a cursor that is none of ours. */
export async function listBreaks(
  database: Database,
  day: DayKey,
  { after, limit, ...wish }: BreakWish,
): Promise<BreakList | Refusal> {
  const cursor = after === undefined ? null : parseId('brk', after);
  if (cursor === undefined) return refuse('malformed-request', { field: 'after' });
  return database.transaction(async (tx) => {
    if ((await readVersions(tx, day, 1)).length === 0)
      return refuse('reconciliation-not-found', { businessDate: day.businessDate });
    const rows = await readBreaks(tx, day, { ...wish, after: cursor, limit: limit + 1 });
    const items = rows.slice(0, limit).map(itemOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.breakId ?? null) : null };
  });
}

function itemOf(row: BreakRow): BreakList['items'][number] {
  return {
    breakId: showId('brk', row.break_id),
    kind: row.kind,
    state: row.state,
    reference: row.reference,
    amount: toText(money(row.amount_minor, row.currency)),
    line: row.line,
    ours: row.ours,
    theirs: row.theirs,
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    resolution: row.resolution,
  };
}

const PAGE = 2_000;
const HEADER = 'breakId,kind,reference,ours,theirs,state,amount,currency,line,paymentId,resolution\r\n';

/** Those that the file in force says, a page at a time. Refuses `reconciliation-not-found`. */
export async function breaksAsCsv(
  database: Database,
  day: DayKey,
): Promise<AsyncGenerator<string> | Refusal> {
  const [latest] = await database.transaction((tx) => readVersions(tx, day, 1));
  if (latest === undefined) return refuse('reconciliation-not-found', { businessDate: day.businessDate });
  return pages(database, day);
}

async function* pages(database: Database, day: DayKey): AsyncGenerator<string> {
  yield HEADER;
  for (let after: string | null = null; ;) {
    const from: string | null = after;
    const rows: BreakRow[] = await database.transaction((tx) =>
      readBreaks(tx, day, { after: from, limit: PAGE }),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(csvLine).join('');
    after = last.break_id;
  }
}

function csvLine(row: BreakRow): string {
  const cells = [
    showId('brk', row.break_id),
    row.kind,
    row.reference,
    words(row.ours),
    words(row.theirs),
    row.state,
    formatMinor(row.amount_minor, row.currency),
    row.currency,
    row.line === null ? '' : String(row.line),
    text(row.ours?.['paymentId']),
    row.resolution ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** What one side says, in short: `accepted 125.500 OMR 2026-11-22`. Of a side that says nothing: nothing. */
function words(side: BreakRow['ours']): string {
  if (side === null) return '';
  const amount = side['amount'];
  const isMoney = typeof amount === 'object' && amount !== null && 'value' in amount && 'currency' in amount;
  const times = side['times'];
  return [
    text(side['status']),
    text(side['code']),
    typeof times === 'number' ? `${times} times` : '',
    isMoney ? `${text(amount.value)} ${text(amount.currency)}` : '',
    text(side['businessDate']),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
