// Where the money of a payment went, as it is shown and told: settlement, remittance, statement line.

import { showId } from '../kernel/ids.ts';
import { toText } from '../kernel/money.ts';
import type { LineOfTrace, MoneyOfTrace } from './store-trace-money.ts';

export type TracedMoney = ReturnType<typeof showMoney>;
type ShownLine = ReturnType<typeof shownLine>;

export function showMoney({ settlement_id, remittances, lines }: MoneyOfTrace) {
  return {
    settlementId: settlement_id === null ? null : showId('stl', settlement_id),
    remittances: remittances.map((row) => ({
      remittanceId: showId('rmt', row.remittance_id),
      endToEndId: row.end_to_end_id,
      state: row.state,
      valueDate: row.value_date,
      amount: toText({ minor: row.amount_minor, currency: row.currency }),
      lines: (row.lines ?? []).map(shownLine),
    })),
    lines: lines.map(shownLine),
  };
}

export function shownLine(row: LineOfTrace) {
  return {
    statementId: showId('stm', row.statement_id),
    line: row.line,
    kind: row.kind,
    bookedOn: row.booked_on,
    amount: toText({ minor: BigInt(row.amount_minor), currency: row.currency }),
    bankReference: row.bank_reference,
  };
}

/** Line by line, for the desk. */
export function tellMoney({ settlementId, remittances, lines }: TracedMoney): string[] {
  if (settlementId === null && lines.length === 0) return [];
  return [
    '  where the money went',
    ...lines.map((line) => `    ${tellProof(line)}`),
    ...(settlementId === null ? [] : [`    settlement ${settlementId}`]),
    ...remittances.flatMap(({ remittanceId, endToEndId, state, valueDate, amount, lines: proofs }) => [
      `    remittance ${remittanceId} (${endToEndId}) of ${amount.value} ${amount.currency}, value ${valueDate}: ${state}`,
      ...proofs.map((line) => `      ${tellProof(line)}`),
    ]),
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  remittance: 'paid out by',
  'order-total': 'paid out with its order by',
  returned: 'come back by',
  arrived: 'arrived at the agency by',
  direct: 'credited to the agency by',
  channel: 'paid by the channel with',
  'taken-back': 'taken back by',
  debit: 'credited by the bank with',
  'debit-total': 'credited with its order by',
  'debit-returned': 'taken back by the bank with',
  accepted: 'named by, and left to the agency,',
};

export function tellProof({ statementId, line, kind, bookedOn, amount }: ShownLine): string {
  return `${WORDS[kind] ?? 'came with'} ${statementId} line ${line}, booked ${bookedOn}, ${amount.value} ${amount.currency}`;
}
