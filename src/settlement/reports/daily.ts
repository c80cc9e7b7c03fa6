// The totals of a business date of an agency as they stand now, also while the day is open. Once the day is sealed they
// are what its settlement has.

import type { Biller } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { showId } from '../../kernel/ids.ts';
import { toText, type MoneyText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DailyAnswer, DailyTotals } from './daily-schema.ts';
import { readDayState, readTotals, type TotalsRow } from './store-daily.ts';

export async function dailyTotals(
  database: Database,
  biller: Biller,
  date: BusinessDate,
): Promise<DailyAnswer> {
  const { billerId, currency } = biller;
  const { state, rows } = await database.nodeOf(billerId).transaction(async (tx) => ({
    state: await readDayState(tx, billerId, date),
    rows: await readTotals(tx, billerId, date),
  }));
  const of = (dimension: TotalsRow['dimension']) => rows.filter((row) => row.dimension === dimension);
  const [total] = of('total');
  if (total === undefined) throw new Error('a day without its total');
  const keyed = (dimension: TotalsRow['dimension']) =>
    of(dimension).map((row) => ({ key: row.key, ...totalsOf(row, currency) }));
  return {
    billerCode: biller.code,
    date,
    currency,
    asOf: state.as_of.toISOString(),
    state: state.cut_off_at === null ? 'not-opened' : state.sealed_at === null ? 'open' : 'sealed',
    cutOffAt: state.cut_off_at?.toISOString() ?? null,
    sealedAt: state.sealed_at?.toISOString() ?? null,
    settlementId: state.settlement_id === null ? null : showId('stl', state.settlement_id),
    totals: totalsOf(total, currency),
    channels: keyed('channel'),
    methods: keyed('method'),
    units: keyed('unit'),
  };
}

function totalsOf(row: TotalsRow, currency: string): DailyTotals {
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  return {
    payments: row.payments,
    bills: row.bills,
    gross: money(row.gross_minor),
    reversals: row.reversals,
    reversed: money(row.reversed_minor),
    adjusted: money(row.adjusted_minor),
    net: money(row.gross_minor - row.reversed_minor + row.adjusted_minor),
    direct: money(row.direct_minor),
    credited: money(row.credited_minor),
    payerFees: money(row.payer_fee_minor),
    billerFees: money(row.biller_fee_minor),
  };
}
