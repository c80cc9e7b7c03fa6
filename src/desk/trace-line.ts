// A break, a statement or a line of one as a trace says it, and the payments that it is about. What payers' banks say in
// words is left out: `wasit statement lines` and `wasit break show` have it.

import { billerOf, parseId, showId } from '../kernel/ids.ts';
import { debitOf } from '../mandates/debits/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { readBreakLife, type BreakLife } from '../reconciliation/breaks/index.ts';
import {
  parseLineId,
  readLine,
  readStatement,
  showLine,
  type ShownLine,
  type ShownStatement,
} from '../reconciliation/statements/index.ts';
import type { DebitKey } from './store-trace-debit.ts';
import type { PaymentKey } from './store-trace.ts';

export type TracedLine = Omit<ShownLine, 'text' | 'counterparty' | 'counterpartyAccount'>;

export interface FoundThere {
  readonly payments: PaymentKey[];
  readonly debits: DebitKey[];
  readonly statements: readonly ShownStatement[];
  readonly lines: readonly TracedLine[];
  readonly breaks: readonly BreakLife[];
}

/** undefined: it is the name of none. A line is `stm_…:3`, or as traces tell it, `stm_… line 3`. */
export async function findBreakOrLine(tx: Tx, text: string): Promise<FoundThere | undefined> {
  const breakId = parseId('brk', text);
  if (breakId !== undefined) return ofBreak(tx, await readBreakLife(tx, breakId));
  const name = text.replace(/ +line +/, ':');
  if (parseLineId(name) !== undefined) return ofLine(tx, name);
  const statementId = parseId('stm', text);
  const statement = statementId === undefined ? undefined : await readStatement(tx, statementId);
  return statement && { payments: [], debits: [], statements: [statement], lines: [], breaks: [] };
}

async function ofBreak(tx: Tx, life: BreakLife | undefined): Promise<FoundThere | undefined> {
  if (life === undefined) return undefined;
  const { statement, paymentId } = life;
  const line =
    statement === null ? undefined : await lineOf(tx, `${statement.statementId}:${statement.line}`);
  const subjects = line === undefined ? [] : subjectsOf(line);
  const payments = [paymentId ?? '', ...subjects].flatMap(keyOf);
  return {
    payments,
    debits: [...subjects, life.debitId ?? '', ...(line === undefined ? [] : namedBy(line))].flatMap(
      debitKeyOf,
    ),
    statements: [],
    lines: line === undefined ? [] : [line],
    breaks: [life],
  };
}

async function ofLine(tx: Tx, name: string): Promise<FoundThere | undefined> {
  const line = await lineOf(tx, name);
  if (line === undefined) return undefined;
  const breaks: BreakLife[] = [];
  for (const { breakId } of line.breaks) {
    const id = parseId('brk', breakId);
    const life = id === undefined ? undefined : await readBreakLife(tx, id);
    if (life !== undefined) breaks.push(life);
  }
  const subjects = subjectsOf(line);
  return {
    payments: subjects.flatMap(keyOf),
    debits: [...subjects, ...breaks.map(({ debitId }) => debitId ?? ''), ...namedBy(line)].flatMap(
      debitKeyOf,
    ),
    statements: [],
    lines: [line],
    breaks,
  };
}

async function lineOf(tx: Tx, name: string): Promise<TracedLine | undefined> {
  const key = parseLineId(name);
  const row = key === undefined ? undefined : await readLine(tx, key);
  if (row === undefined) return undefined;
  const { text: _text, counterparty: _name, counterpartyAccount: _account, ...line } = showLine(row);
  return line;
}

function subjectsOf({ bookedAs }: TracedLine): string[] {
  return bookedAs.flatMap(({ subject }) => (subject === null ? [] : [subject]));
}

/** Whatever became of the line. */
function namedBy({ endToEndId }: TracedLine): string[] {
  const debitId = endToEndId === null ? undefined : debitOf(endToEndId);
  return debitId === undefined ? [] : [showId('dbt', debitId)];
}

function keyOf(shown: string): PaymentKey[] {
  const id = parseId('pay', shown);
  return id === undefined ? [] : [{ biller_id: billerOf(id), payment_id: id }];
}

function debitKeyOf(shown: string): DebitKey[] {
  const id = parseId('dbt', shown);
  return id === undefined ? [] : [{ biller_id: billerOf(id), debit_id: id }];
}
