// A channel's statement as CSV (RFC 4180, UTF-8): the balance before, a line for each biller's date (without biller: what
// was decided in the operator's book) and each transfer, the balance at the end. Amounts are signed as a debt. Texts of banks
// that a spreadsheet would obey are disarmed.

import { formatMinor } from '../../kernel/money.ts';
import type { ChannelStatement } from './statement.ts';

export const STATEMENT_HEADER =
  'kind,date,billerCode,collected,reversed,adjusted,dueOn,paid,valueDate,bankReference,currency,balance';

export function statementCsv(statement: ChannelStatement): string {
  const { currency, from, to, openingMinor, closingMinor } = statement;
  const amount = (minor: bigint): string => formatMinor(minor, currency);
  const lines = [STATEMENT_HEADER, `opening,${from},,,,,,,,,${currency},${amount(openingMinor)}`];
  let balance = openingMinor;
  for (const { date, dues, transfers } of statement.days) {
    for (const due of dues) {
      const { collected_minor, reversed_minor, adjusted_minor, biller, due_on } = due;
      balance += collected_minor + reversed_minor + adjusted_minor;
      const amounts = [collected_minor, reversed_minor, adjusted_minor].map(amount).join(',');
      lines.push(`day,${date},${biller ?? ''},${amounts},${due_on},,,,${currency},${amount(balance)}`);
    }
    for (const { minor, valued_on, reference } of transfers) {
      balance -= minor;
      const said = `${valued_on ?? ''},${csvText(reference ?? '')}`;
      lines.push(`transfer,${date},,,,,,${amount(-minor)},${said},${currency},${amount(balance)}`);
    }
  }
  lines.push(`closing,${to},,,,,,,,,${currency},${amount(closingMinor)}`);
  return `${lines.join('\n')}\n`;
}

/** Quoted where it must be; before what a spreadsheet would read as a formula stands an apostrophe (OWASP, CSV injection). */
function csvText(text: string): string {
  const safe = /^[\t\r+\-=@\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
