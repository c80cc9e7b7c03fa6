// A line of a statement as people see it: what the bank says, what it was booked as, and the breaks about it. Numbers of
// other people's accounts are masked.

import type { Static } from 'typebox';
import { parseId, showId, type IdPrefix, type Uuid } from '../../kernel/ids.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import { toText, type MoneyText } from '../../kernel/money.ts';
import type { StatementLineItem } from './line-schema.ts';
import type { LineKey, ListedLine, MatchOfLine } from './store-list-lines.ts';

export type ShownLine = Static<typeof StatementLineItem>;

export function showLine(row: ListedLine): ShownLine {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: row.currency });
  return {
    statementId: showId('stm', row.statement_id),
    line: row.line,
    account: row.account,
    biller: row.biller,
    bookedOn: row.booked_on,
    valuedOn: row.valued_on,
    amount: money(row.amount_minor),
    isReversal: row.is_reversal,
    text: row.text,
    counterparty: row.counterparty,
    counterpartyAccount:
      row.counterparty_account === null ? null : maskAccountNumber(row.counterparty_account),
    bankReference: row.bank_reference,
    endToEndId: row.end_to_end_id,
    code: row.code,
    place: row.place,
    outcome: row.outcome,
    bookedAs: (row.matches ?? []).map((match) => showMatch(match, money)),
    parts: row.parts,
    breaks: (row.breaks ?? []).map(({ break_id, kind, state }) => ({
      breakId: showId('brk', break_id),
      kind,
      state,
    })),
  };
}

function showMatch(match: MatchOfLine, money: (minor: bigint) => MoneyText): ShownLine['bookedAs'][number] {
  return {
    kind: match.kind,
    amount: money(BigInt(match.amount_minor)),
    biller: match.biller,
    channel: match.channel,
    subject: subjectOf(match),
    approvalId: match.approval_id === null ? null : showId('apr', match.approval_id),
    journal: match.journal,
    postings: (match.postings ?? []).map(({ account, party, amount_minor, currency }) => {
      const minor = BigInt(amount_minor);
      return {
        account: party === null ? account : `${account} ${party}`,
        side: minor > 0n ? 'debit' : 'credit',
        amount: toText({ minor: minor > 0n ? minor : -minor, currency }),
      };
    }),
  };
}

/** Kinds whose subject is no line; of others the subject is a journal, which is told as such. */
const SUBJECTS: ReadonlyMap<string, IdPrefix> = new Map([
  ['remittance', 'rmt'],
  ['order-total', 'rmt'],
  ['returned', 'rmt'],
  ['debit', 'dbt'],
  ['debit-total', 'dbt'],
  ['debit-returned', 'dbt'],
  ['accepted', 'dbt'],
  ['arrived', 'rmt'],
  ['deposit', 'pay'],
  ['direct', 'pay'],
  ['taken-back', 'pay'],
]);

function subjectOf({ kind, subject_id, subject_line }: MatchOfLine): string | null {
  if (subject_id === null) return null;
  if (subject_line !== null) return showLineId({ statementId: subject_id, line: subject_line });
  const prefix = SUBJECTS.get(kind);
  return prefix === undefined ? null : showId(prefix, subject_id);
}

/** `stm_…:12`. */
export function showLineId({ statementId, line }: LineKey): string {
  return `${showId('stm', statementId)}:${line}`;
}

/** undefined: it is none. */
export function parseLineId(text: string): LineKey | undefined {
  const [, shown = '', line = ''] = /^(stm_[^:]+):(\d{1,9})$/.exec(text) ?? [];
  const statementId: Uuid | undefined = parseId('stm', shown);
  return statementId === undefined ? undefined : { statementId, line: Number(line) };
}
