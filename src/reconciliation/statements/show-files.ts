// Files of statements as people see them: whence, how far, why not; and what each statement of one says.

import type { Static } from 'typebox';
import { parseId, showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { StatementFileAnswer, StatementFileItem } from './schema.ts';
import type { StatementFile } from './statement-file.ts';
import { readFile, readFiles } from './store-file.ts';
import { namesOf, statementsOf, type StatementRow } from './store-show.ts';

type ShownFile = Static<typeof StatementFileItem>;
type WholeFile = Static<typeof StatementFileAnswer>;
export type ShownStatement = WholeFile['statementsRead'][number];

/** The newest first. */
export function listFiles(database: Database, limit: number): Promise<ShownFile[]> {
  return database.transaction(async (tx) => {
    const names = await namesOf(tx);
    return (await readFiles(tx, null, limit)).map((file) => shown(file, names));
  });
}

/** By its id as shown; undefined: there is none. */
export function showFile(database: Database, shownId: string): Promise<WholeFile | undefined> {
  const fileId = parseId('sfl', shownId);
  return database.transaction(async (tx) => {
    const file = fileId === undefined ? undefined : await readFile(tx, fileId);
    if (file === undefined) return undefined;
    const statements = file.state === 'read' ? await statementsOf(tx, { fileId: file.fileId }) : [];
    return { ...shown(file, await namesOf(tx)), statementsRead: statements.map(shownStatement) };
  });
}

/** One statement that counts; undefined: there is none. */
export async function readStatement(tx: Tx, statementId: Uuid): Promise<ShownStatement | undefined> {
  const [row] = await statementsOf(tx, { statementId });
  return row && shownStatement(row);
}

function shown(file: StatementFile, { banks, accounts }: Awaited<ReturnType<typeof namesOf>>): ShownFile {
  return {
    fileId: showId('sfl', file.fileId),
    name: file.name,
    source: file.source,
    bank: banks.get(file.bankId ?? 0) ?? null,
    account: accounts.get(file.accountId ?? 0) ?? null,
    state: file.state,
    statements: file.statements,
    lines: file.lines,
    fault: file.fault,
    place: file.faultPlace,
    receivedAt: file.receivedAt.toISOString(),
  };
}

function shownStatement(row: StatementRow): ShownStatement {
  const { currency } = row;
  const balance = (minor: bigint | null) => (minor === null ? null : toText({ minor, currency }));
  return {
    statementId: showId('stm', row.statement_id),
    account: row.account,
    biller: row.biller,
    form: row.form,
    reference: row.reference,
    sequence: row.sequence,
    from: row.from_date,
    to: row.to_date,
    opening: balance(row.opening_minor),
    credits: toText({ minor: row.credits_minor, currency }),
    debits: toText({ minor: row.debits_minor, currency }),
    closing: balance(row.closing_minor),
    lines: row.lines,
    continuity: row.continuity,
    outcomes: row.outcomes ?? {},
  };
}
