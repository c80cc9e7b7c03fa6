// A line that has not been placed, as the rules see it.

import type { Uuid } from '../../kernel/ids.ts';
import type { StatementLine } from './statement.ts';

/** What it says as it was read; `amountMinor` is what the reader calls `minor`. */
export interface WaitingLine extends Omit<
  StatementLine,
  'entry' | 'minor' | 'valuedOn' | 'sumReference' | 'place'
> {
  readonly statementId: Uuid;
  readonly line: number;
  readonly accountId: number | null;
  readonly billerId: number | null;
  readonly currency: string;
  /** Money in positive. */
  readonly amountMinor: bigint;
}

/** One text for one line. */
export function keyOf({ statementId, line }: Pick<WaitingLine, 'statementId' | 'line'>): string {
  return `${statementId}:${line}`;
}

export function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/** Lines of the operator's own accounts, as the deposits know them. */
export function creditsOf(lines: readonly WaitingLine[]): (WaitingLine & { readonly accountId: number })[] {
  return lines.filter((line): line is WaitingLine & { accountId: number } => line.accountId !== null);
}
