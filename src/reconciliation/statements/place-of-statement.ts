// Where a fault of a whole statement lies, in words for people. Refusals are shown and logged, so the account's number is
// masked here, as everywhere else.

import { maskAccountNumber } from '../../kernel/mask.ts';
import type { StatementHead } from './statement.ts';

/** `count`: the how manieth of its file, from 1. */
export function placeOfStatement(
  { reference, account }: Pick<StatementHead, 'reference' | 'account'>,
  count: number,
): string {
  return `statement ${count} (${reference}, account ${maskAccountNumber(account)})`;
}
