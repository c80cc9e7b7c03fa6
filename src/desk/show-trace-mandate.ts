// A mandate in a trace, as it is shown and told: its life, how its bank was asked, and what was collected under it. The whole
// life of a debit is traced by the debit's own id.

import { showId } from '../kernel/ids.ts';
import { maskName } from '../kernel/mask.ts';
import { toText, type MoneyText } from '../kernel/money.ts';
import { columns, show } from './columns.ts';
import { codeOf, type Parties } from './show-trace.ts';
import type { MandateRow } from './store-trace-mandate.ts';

export type TracedMandate = ReturnType<typeof showMandate>;

export function showMandate(row: MandateRow, parties: Parties) {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: row.currency });
  return {
    mandateId: showId('mnd', row.mandate_id),
    reference: row.reference,
    state: row.state,
    openedBy: row.opened_by,
    biller: codeOf(parties.billers, row.biller_id),
    payerId: row.payer_id,
    payerName: maskName(row.payer_name),
    account: row.shown_account,
    collect: row.collect === 'days' ? `days ${row.collect_days.join(', ')}` : row.collect,
    ceiling: { perDebit: money(row.per_debit_minor), perMonth: money(row.per_month_minor) },
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    createdAt: row.created_at.toISOString(),
    bank: {
      channel: codeOf(parties.channels, row.channel_id),
      way: row.way ?? 'none',
      bic: row.bic,
      reference: row.bank_reference,
      submissions: (row.submissions ?? []).map(({ at, ...each }) => ({ at: isoOf(at), ...each })),
    },
    covers: (row.covers ?? []).map(({ biller_id, payer_id, units, state }) => ({
      biller: codeOf(parties.billers, biller_id),
      payerId: payer_id,
      units,
      state,
    })),
    history: (row.steps ?? []).map(({ at, ...step }) => ({ at: isoOf(at), ...step })),
    debits: (row.debits ?? []).map((debit) => ({
      debitId: showId('dbt', debit.debit_id),
      biller: codeOf(parties.billers, debit.biller_id),
      collectOn: debit.collect_on,
      amount: money(BigInt(debit.minor)),
      state: debit.state,
      why: debit.why,
    })),
    debitCount: row.debit_count,
  };
}

function isoOf(at: string): string {
  return new Date(at).toISOString();
}

export function tellMandate(mandate: TracedMandate): string {
  const { bank, ceiling, debits, debitCount, validFrom, validUntil } = mandate;
  const named = bank.bic === null ? '' : `, ${bank.bic}`;
  return [
    `Mandate ${mandate.mandateId}   ${mandate.state}`,
    ...columns([
      ['reference', `${mandate.reference}, opened by the ${mandate.openedBy}`],
      ['of', `${mandate.payerId} ${mandate.payerName}, for ${mandate.biller}`],
      ['from', `${mandate.account} at ${bank.channel}`],
      ['collects', mandate.collect],
      ['at most', `${show(ceiling.perDebit)} a debit, ${show(ceiling.perMonth)} a month`],
      ['valid', `from ${validFrom}${validUntil === null ? '' : ` to ${validUntil}`}`],
      ['bank', `${bank.way === 'none' ? 'looks for itself' : `by ${bank.way}`}${named}`],
      ...(bank.reference === null ? [] : [['its reference', bank.reference] as const]),
    ]),
    ...mandate.covers.map(
      ({ biller, payerId, units, state }) =>
        `  covers ${payerId} of ${biller}${units.length === 0 ? '' : ` (${units.join(', ')})`}, ${state}`,
    ),
    '  what happened',
    ...happened(mandate).map(([at, what]) => `    ${at}  ${what}`),
    ...(debitCount === 0 ? [] : [`  ${debitCount} debits`]),
    ...(debits.length < debitCount ? [`    the last ${debits.length}`] : []),
    ...debits.map(
      ({ debitId, collectOn, amount, biller, state, why }) =>
        `    ${collectOn}  ${debitId}  ${show(amount)} for ${biller}  ${state}${why === null ? '' : `: ${why}`}`,
    ),
  ].join('\n');
}

/** In order of time; what is of one moment stays as it was kept. */
function happened({ history, bank }: TracedMandate): [string, string][] {
  const lines: [string, string][] = [
    ...history.map(({ at, action, side, reason }): [string, string] => [
      at,
      `${action}, by the ${side}${reason === null ? '' : `: ${reason}`}`,
    ]),
    ...bank.submissions.map(({ at, ...each }): [string, string] => [at, tellSubmission(each)]),
  ];
  return lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function tellSubmission({
  submission,
  state,
  tries,
  failure,
  verdict,
  code,
  order,
}: Omit<TracedMandate['bank']['submissions'][number], 'at'>): string {
  const facts = [
    ...(order === null ? [] : [`in order ${order}`]),
    ...(tries === 0 ? [] : [`tried ${tries} times`]),
    ...(verdict === null ? [] : [`${verdict}${code === null ? '' : ` (${code})`}`]),
    ...(failure === null ? [] : [failure]),
  ];
  return `request ${submission} to the bank is ${[state, ...facts].join(', ')}`;
}
