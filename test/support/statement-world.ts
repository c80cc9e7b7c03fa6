// The world of remittances with a bank that sends statements: brought in through the real readers, lines placed.
import { readStatementFile } from '../../src/dialects/index.ts';
import { showId, type Uuid } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import {
  importStatements,
  suspendCredits,
  type Bringing,
  type LoadParts,
  type Placing,
} from '../../src/reconciliation/statements/index.ts';
import { camt, type Booking, type Statement } from './bank-statement.ts';
import type { Desk } from './breaks.ts';
import type { RemitWorld } from './remit-world.ts';
import { colleague } from './staff.ts';
import { MASTER_KEY } from './world.ts';

export const OURS = '9900OMR1234567890';

export type StatementParts = LoadParts & Placing;

/** Deposits lie in suspense: what they are for is not looked for. */
export function statementParts(
  world: Pick<RemitWorld, 'db'> & { readonly parts: Pick<RemitWorld['parts'], 'log'> },
): StatementParts {
  const database = world.db;
  return {
    database,
    masterKey: MASTER_KEY,
    reader: readStatementFile,
    log: world.parts.log,
    placeDeposits: (lines) => suspendCredits(database, lines),
  };
}

export const FROM_BANK: Bringing = {
  name: 'statement.xml',
  source: 'command',
  bankId: null,
  accountId: null,
};

export async function bring(
  parts: StatementParts,
  bytes: Buffer,
  bringing: Partial<Bringing> = {},
): Promise<{ fileId: Uuid; known: boolean }> {
  const received = await importStatements(parts, { ...FROM_BANK, ...bringing }, asStream(bytes));
  if ('code' in received) throw new Error(received.code);
  return received;
}

/** One statement of our account in rials. */
export function bringOurs(
  parts: StatementParts,
  bookings: readonly Booking[],
  more: Partial<Statement> = {},
): Promise<{ fileId: Uuid; known: boolean }> {
  return bring(parts, camt({ account: OURS, currency: 'OMR', bookings, ...more }));
}

async function* asStream(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

export interface PlacedLine {
  line: number;
  amount_minor: bigint;
  outcome: string | null;
  matches: { kind: string; subject_id: string | null; amount_minor: bigint }[];
}

/** Lines of a file with what they were found to be. */
export async function linesOf(db: Database, fileId: Uuid): Promise<PlacedLine[]> {
  return db.transaction((tx) =>
    tx.query<PlacedLine>(
      `select l.line, l.amount_minor, l.outcome,
              coalesce((select json_agg(json_build_object('kind', m.kind, 'subject_id', m.subject_id, 'amount_minor', m.amount_minor) order by m.part)
                 from statement_match m where m.statement_id = l.statement_id and m.line = l.line), '[]') as matches
         from statement s join statement_line l using (statement_id) where s.file_id = $1 order by s.position, l.line`,
      [fileId],
    ),
  );
}

export async function outcomesOf(db: Database, fileId: Uuid): Promise<(string | null)[]> {
  return (await linesOf(db, fileId)).map(({ outcome }) => outcome);
}

export async function fileOf(db: Database, fileId: Uuid): Promise<Record<string, unknown>> {
  const [row] = await db.transaction((tx) =>
    tx.query('select * from statement_file where file_id = $1', [fileId]),
  );
  return row ?? {};
}

export async function breaksOf(
  db: Database,
): Promise<{ kind: string; state: string; ours: Record<string, unknown> }[]> {
  return db.transaction((tx) => tx.query('select kind, state, ours from break order by opened_at, key'));
}

export async function continuities(db: Database): Promise<string[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ continuity: string }>('select continuity from statement order by recorded_at, position'),
  );
  return rows.map((row) => row.continuity);
}

export function shownStatement(statementId: Uuid): string {
  return showId('stm', statementId);
}

/** The open break of a line, as shown. */
export async function brokenLine(db: Database, fileId: Uuid, line: number): Promise<string> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ break_id: Uuid }>(
      `select k.break_id from break k join statement s using (statement_id)
        where s.file_id = $1 and k.line = $2 and k.state = 'open'`,
      [fileId, line],
    ),
  );
  return showId('brk', row?.break_id ?? '');
}

/** Two people of the operator's. */
export async function deskOf(world: Pick<RemitWorld, 'db' | 'baseUrl'>): Promise<Desk> {
  const { db, baseUrl } = world;
  return {
    db,
    one: await colleague(db, baseUrl, 'one', 'support'),
    two: await colleague(db, baseUrl, 'two', 'operator-admin'),
  };
}
