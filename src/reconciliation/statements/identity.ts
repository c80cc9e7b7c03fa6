// What makes the same booking the same line in two statements: the account, its date and amount, and how the bank refers
// to it. A notification in the morning and the statement in the evening say one booking in the same words.

import { hash } from 'node:crypto';
import type { StatementLine } from './statement.ts';

type Said = Pick<StatementLine, 'bookedOn' | 'minor' | 'bankReference' | 'endToEndId' | 'text'>;

/** SHA-256. Lines that are equal in all of this are told apart by counting them. */
export function identityOf(account: string, line: Said): Buffer {
  const { bookedOn, minor, bankReference, endToEndId, text } = line;
  const reference =
    bankReference === null
      ? ['-', endToEndId ?? '', text.replaceAll(/\s+/g, ' ').trim()]
      : ['/', bankReference];
  return hash('sha256', [account, bookedOn, String(minor), ...reference].join('\0'), 'buffer');
}
