// Bills as rows of COPY's text format. Only a backslash needs escaping: no text of a bill holds a tab or a line
// break. Source: PostgreSQL documentation, COPY, "Text Format".

import type { CheckedBill } from './checked-bill.ts';

/** In the order that `copyRow` writes them. */
export const COPIED_COLUMNS = `biller_id, bill_number, payer_id, payer_name, description, amount_minor, min_minor,
  max_minor, step_minor, due_on, expires_on, version, penalty, lines, budget_line, unit, service, contact,
  content_hash, received_at`;

/** One row with its line end. `receivedAt` is RFC 3339. */
export function copyRow(billerId: number, b: CheckedBill, receivedAt: string): string {
  return (
    `${billerId}\t${b.billNumber}\t${b.payerId}\t${escaped(b.payerName)}\t${escaped(b.description)}\t` +
    (b.minMinor === null ? `${b.amountMinor}\t\\N\t\\N\t\\N\t` : openAmount(b)) +
    `${b.dueOn}\t${b.expiresOn ?? NULL}\t${b.version ?? NULL}\t${orNull(b.penaltyJson)}\t${orNull(b.linesJson)}\t` +
    `${b.budgetLine ?? NULL}\t${b.unit ?? NULL}\t${b.service ?? NULL}\t${orNull(b.contactJson)}\t` +
    `\\\\x${b.contentHash}\t${receivedAt}\n`
  );
}

const NULL = '\\N';

function openAmount({ minMinor, maxMinor, stepMinor }: CheckedBill): string {
  return `${NULL}\t${minMinor}\t${maxMinor}\t${stepMinor ?? NULL}\t`;
}

function orNull(text: string | null): string {
  return text === null ? NULL : escaped(text);
}

function escaped(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}
