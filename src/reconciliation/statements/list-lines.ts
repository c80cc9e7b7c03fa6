// Lines of a file of statements, page by page, for whoever looks for one: by its statement, and by what it was found to be.

import type { Static } from 'typebox';
import { refuse, type Refusal } from '../../kernel/errors.ts';
import { parseId } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { LinesQuery, StatementLines } from './line-schema.ts';
import { parseLineId, showLine, showLineId } from './show-line.ts';
import { fileOfStatement, listLines } from './store-list-lines.ts';
import { readFile } from './store-file.ts';

export const LINES_OF_A_PAGE = 100;

/**
 * `shownId`: of the file, or of one statement. Refuses `not-found` for what is not there or counts for nothing, and
 * `malformed-request` for a page that is none.
 */
export function linesOf(
  database: Database,
  shownId: string,
  { statement, outcome, after, limit = LINES_OF_A_PAGE }: Static<typeof LinesQuery>,
): Promise<Static<typeof StatementLines> | Refusal> {
  return database.transaction(async (tx) => {
    const named = statement ?? (shownId.startsWith('stm_') ? shownId : undefined);
    const statementId = named === undefined ? undefined : parseId('stm', named);
    const from = after === undefined ? undefined : parseLineId(after);
    if (after !== undefined && from === undefined) return refuse('malformed-request', { field: 'after' });
    const fileId = await fileNamed(tx, shownId);
    const isOfFile =
      fileId !== undefined &&
      (named === undefined ||
        (statementId !== undefined && (await fileOfStatement(tx, statementId)) === fileId));
    if (!isOfFile) return refuse('not-found');
    const rows = await listLines(tx, {
      fileId,
      statementId: statementId ?? null,
      outcome: outcome ?? null,
      after: from ?? null,
      limit: limit + 1,
    });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const next =
      rows.length > limit && last !== undefined
        ? showLineId({ statementId: last.statement_id, line: last.line })
        : null;
    return { items: items.map(showLine), next };
  });
}

async function fileNamed(tx: Tx, shownId: string) {
  const statementId = parseId('stm', shownId);
  if (statementId !== undefined) return fileOfStatement(tx, statementId);
  const fileId = parseId('sfl', shownId);
  return fileId === undefined ? undefined : (await readFile(tx, fileId))?.fileId;
}
