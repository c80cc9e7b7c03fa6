// A line as a row of COPY's text format. What a bank writes is free text: every character that COPY reads as its own is
// escaped. Source: PostgreSQL documentation, COPY, "Text Format".

import type { Uuid } from '../../kernel/ids.ts';
import type { Owner } from './account-book.ts';
import { identityOf } from './identity.ts';
import type { StatementHead, StatementLine } from './statement.ts';

const NULL = '\\N';

/** In the order of the columns that store-load.ts copies; with its line end. `line`: from 1. */
export function lineRow(
  { statementId, owner, head }: { statementId: Uuid; owner: Owner; head: StatementHead },
  line: number,
  said: StatementLine,
): string {
  const cells = [
    statementId,
    line,
    said.entry,
    owner.accountId ?? NULL,
    owner.billerId ?? NULL,
    said.bookedOn,
    said.bookedAt === null ? NULL : said.bookedAt.toISOString(),
    said.valuedOn ?? NULL,
    head.currency,
    said.minor,
    said.isReversal ? 't' : 'f',
    text(said.bankReference),
    text(said.sumReference),
    text(said.endToEndId),
    text(said.messageId),
    text(said.paymentInfoId),
    text(said.code),
    text(said.returnReason),
    text(said.counterparty),
    text(said.counterpartyAccount),
    text(said.text),
    text(said.place),
    `\\\\x${identityOf(owner.number, said).toString('hex')}`,
    1,
  ];
  return `${cells.join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '�',
};

function text(value: string | null): string {
  return value === null
    ? NULL
    : value.replaceAll(/[\\\t\n\r\0]/g, (character) => ESCAPES[character] ?? character);
}
