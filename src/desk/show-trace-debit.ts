// A debit in a trace, as it is shown and told: from the mandate to the line of a statement. What payers' banks say in their own
// words stays with `wasit debit show`; their codes are told.

import { showId } from '../kernel/ids.ts';
import { toText, type MoneyText } from '../kernel/money.ts';
import { endToEndIdOf } from '../mandates/debits/index.ts';
import { columns, show } from './columns.ts';
import { codeOf, type Parties } from './show-trace.ts';
import { shownLine, tellProof } from './show-trace-money.ts';
import type { DebitRow } from './store-trace-debit.ts';

export type TracedDebit = ReturnType<typeof showDebit>;

export function showDebit(row: DebitRow, parties: Parties) {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: row.currency });
  return {
    debitId: showId('dbt', row.debit_id),
    endToEndId: endToEndIdOf(row.debit_id),
    state: row.state,
    why: row.why,
    biller: codeOf(parties.billers, row.biller_id),
    channel: codeOf(parties.channels, row.channel_id),
    reference: row.reference,
    cause: row.cause,
    attempt: row.attempt,
    retryOf: row.retry_of === null ? null : showId('dbt', row.retry_of),
    retryOn: row.retry_on,
    amount: money(row.amount_minor),
    collectOn: row.collect_on,
    way: row.way,
    order: row.message_id,
    plannedAt: row.planned_at.toISOString(),
    mandate: {
      mandateId: showId('mnd', row.mandate_id),
      reference: row.mandate_reference,
      state: row.mandate_state,
      account: row.account,
      history: (row.mandate_steps ?? []).map(({ at, ...step }) => ({ at: isoOf(at), ...step })),
    },
    bills: row.bills.map((bill) => ({
      billNumber: bill.bill_number,
      amount: money(BigInt(bill.minor)),
      owedAsOf: bill.owed_as_of,
      outcome: bill.outcome,
      paymentId: bill.payment_id === null ? null : showId('pay', bill.payment_id),
    })),
    history: (row.steps ?? []).map(({ at, state, why, actor }) => ({ at: isoOf(at), state, why, by: actor })),
    words: (row.words ?? []).map(({ at, verdict, code, source, bank_reference, is_booked }) => ({
      at: isoOf(at),
      verdict,
      code,
      source,
      bankReference: bank_reference,
      isBooked: is_booked,
    })),
    lines: (row.lines ?? []).map(shownLine),
    breaks: (row.breaks ?? []).map(({ break_id, kind, state, statement_id, line }) => ({
      breakId: showId('brk', break_id),
      kind,
      state,
      line: statement_id === null ? null : `${showId('stm', statement_id)}:${line}`,
    })),
  };
}

function isoOf(at: string): string {
  return new Date(at).toISOString();
}

export function tellDebit(debit: TracedDebit): string {
  const { mandate, why, order, way, retryOf, retryOn } = debit;
  return [
    `Debit ${debit.debitId}   ${debit.state}${why === null ? '' : `: ${why}`}`,
    ...columns([
      ['end-to-end id', debit.endToEndId],
      ['collects', `${show(debit.amount)} for ${debit.biller} on ${debit.collectOn}`],
      ['from', `${mandate.account} at ${debit.channel}`],
      ['mandate', `${mandate.mandateId} (${mandate.reference}), ${mandate.state}`],
      ['attempt', `${debit.attempt}${retryOf === null ? '' : `, again for ${retryOf}`}${againOn(retryOn)}`],
      ...(way === null
        ? []
        : [['goes', order === null ? `by ${way}` : `by file, in order ${order}`] as const]),
    ]),
    ...debit.bills.map(
      ({ billNumber, amount, outcome, paymentId }) =>
        `  bill ${billNumber}   ${show(amount)}${outcome === null ? '' : `, ${outcome}`}${paymentId === null ? '' : ` by ${paymentId}`}`,
    ),
    '  what happened',
    ...happened(debit).map(([at, what]) => `    ${at}  ${what}`),
    ...(debit.lines.length === 0 ? [] : ['  where the money went']),
    ...debit.lines.map((line) => `    ${tellProof(line)}`),
    ...debit.breaks.map(
      ({ breakId, kind, state, line }) =>
        `  break ${breakId}   ${kind}, ${state}${line === null ? '' : `, of line ${line}`}`,
    ),
  ].join('\n');
}

function againOn(retryOn: string | null): string {
  return retryOn === null ? '' : `, tried again on ${retryOn}`;
}

/** In order of time; what is of one moment stays as it was kept. */
function happened({ mandate, plannedAt, cause, history, words }: TracedDebit): [string, string][] {
  const lines: [string, string][] = [
    ...mandate.history.map(({ at, action, side }): [string, string] => [
      at,
      `mandate ${action}, by the ${side}`,
    ]),
    [plannedAt, `planned: ${cause}`],
    ...words.map(({ at, verdict, code, source, isBooked }): [string, string] => [
      at,
      `the bank says ${verdict}${code === null ? '' : ` (${code})`}: ${source}${isBooked ? '' : '; not booked yet'}`,
    ]),
    ...history.map(({ at, state, why, by }): [string, string] => [
      at,
      `${state}${why === null ? '' : ` (${why})`}, by ${by}`,
    ]),
  ];
  return lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
