// A bill file as its agency sees it: how far it is, and its rejects as CSV. Another agency's file does not exist.

import { csvCell } from '../kernel/csv-cell.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { parseId, showId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import type { FileState } from './file-schema.ts';
import { findFile, readFiles, readRejects, type BillFileKey, type BillFileRow } from './store-bill-file.ts';

/** Refuses `bill-file-not-found`. */
export async function showBillFile(
  database: Database,
  billerId: number,
  fileId: string,
): Promise<FileState | Refusal> {
  const found = await find(database, billerId, fileId);
  return found === undefined ? refuse('bill-file-not-found', { fileId }) : show(found.row);
}

async function find(
  database: Database,
  billerId: number,
  shown: string,
): Promise<{ key: BillFileKey; row: BillFileRow } | undefined> {
  const fileId = parseId('bfl', shown);
  if (fileId === undefined) return undefined;
  const key = { billerId, fileId };
  const row = await database.nodeOf(billerId).transaction((tx) => findFile(tx, key));
  return row && { key, row };
}

function show(row: BillFileRow): FileState {
  return {
    fileId: showId('bfl', row.file_id),
    state: row.state,
    format: row.format,
    bytes: Number(row.bytes),
    sha256: row.sha256?.toString('hex') ?? null,
    lines: Number(row.lines),
    created: Number(row.created),
    replaced: Number(row.replaced),
    unchanged: Number(row.unchanged),
    rejected: Number(row.rejected),
    failure: row.failure,
    receivedAt: row.received_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
  };
}

/** The newest first. Refuses a cursor of another list. */
export async function listBillFiles(
  database: Database,
  billerId: number,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ items: FileState[]; next: string | null } | Refusal> {
  const before = after === undefined ? null : parseId('bfl', after);
  if (before === undefined) return refuse('malformed-request', { field: 'after' });
  const rows = await database
    .nodeOf(billerId)
    .transaction((tx) => readFiles(tx, billerId, before, limit + 1));
  const items = rows.slice(0, limit).map(show);
  return { items, next: rows.length > limit ? (items.at(-1)?.fileId ?? null) : null };
}

const PAGE = 5_000;

/** CSV `line,code,field,detail` in order of lines, a page at a time. Refuses `bill-file-not-found`. */
export async function rejectsOf(
  database: Database,
  billerId: number,
  fileId: string,
): Promise<AsyncGenerator<string> | Refusal> {
  const found = await find(database, billerId, fileId);
  if (found === undefined) return refuse('bill-file-not-found', { fileId });
  return rejectPages(database.nodeOf(billerId), found.key);
}

async function* rejectPages(node: Database, key: BillFileKey): AsyncGenerator<string> {
  yield 'line,code,field,detail\r\n';
  for (let after = 0n; ;) {
    const rows = await node.transaction((tx) => readRejects(tx, key, after, PAGE));
    if (rows.length === 0) return;
    yield rows
      .map((row) => `${row.line},${row.code},${csvCell(row.field)},${csvCell(row.detail)}\r\n`)
      .join('');
    after = rows.at(-1)?.line ?? after;
  }
}
