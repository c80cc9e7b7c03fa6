// A settlement as an agency reads it: in the answers of the API, in the event `settlement.closed`, at the command line.

import { showId } from '../kernel/ids.ts';
import { toText, type MoneyText } from '../kernel/money.ts';
import { totalOf, type Batch, type Dimension, type Remittance, type Split, type Sums } from './batch.ts';
import type { SettlementAnswer, SettlementSummary } from './schema.ts';

/** Beside the amounts of the total split, those of the batch alone. */
export function summaryOf(batch: Batch, total: Split): SettlementSummary {
  const money = (minor: bigint): MoneyText => toText({ minor, currency: batch.currency });
  return {
    settlementId: showId('stl', batch.settlementId),
    billerCode: batch.facts.billerCode,
    businessDate: batch.businessDate,
    sealedAt: batch.sealedAt.toISOString(),
    recordedAt: batch.recordedAt.toISOString(),
    valueDate: batch.valueDate,
    totals: sumsOf(total, batch.currency),
    feesSettled: batch.feesSettled,
    feesSetOff: money(batch.feesSetOffMinor),
    carriedIn: money(batch.carriedInMinor),
    net: money(batch.netMinor),
    remitted: money(batch.remittedMinor),
    carriedOut: money(batch.carriedOutMinor),
    digest: batch.digest.toString('hex'),
    previousDigest: batch.previousDigest?.toString('hex') ?? null,
  };
}

/** `splits` with the total first, as they are read. */
export function showSettlement(
  batch: Batch,
  splits: readonly Split[],
  remittances: readonly Remittance[],
): SettlementAnswer {
  return {
    ...summaryOf(batch, totalOf(splits)),
    splits: splits
      .filter(({ dimension }) => dimension !== 'total')
      .map((split) => ({
        dimension: split.dimension as Exclude<Dimension, 'total'>,
        key: split.key,
        ...sumsOf(split, batch.currency),
        net: toText({ minor: split.netMinor, currency: batch.currency }),
      })),
    remittances: remittances.map(showRemittance),
  };
}

/** The data of `settlement.closed`. */
export function tellClosed(
  batch: Batch,
  splits: readonly Split[],
  remittances: readonly Remittance[],
): object {
  return { ...summaryOf(batch, totalOf(splits)), remittances: remittances.map(showRemittance) };
}

function showRemittance(remittance: Remittance) {
  const { amountMinor, currency, unit, state, valueDate, late, endToEndId, reason } = remittance;
  return {
    remittanceId: showId('rmt', remittance.remittanceId),
    unit: unit === '' ? null : unit,
    amount: toText({ minor: amountMinor, currency }),
    state,
    held: remittance.held,
    valueDate,
    late,
    endToEndId,
    reason,
  };
}

/** As they are told in answers, events and documents alike. */
export function sumsOf(sums: Sums, currency: string) {
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  return {
    payments: sums.payments,
    bills: sums.bills,
    gross: money(sums.grossMinor),
    reversals: sums.reversals,
    reversed: money(sums.reversedMinor),
    adjustments: sums.adjustments,
    adjusted: money(sums.adjustedMinor),
    direct: {
      payments: sums.directPayments,
      gross: money(sums.directGrossMinor),
      reversed: money(sums.directReversedMinor),
      adjusted: money(sums.directAdjustedMinor),
    },
    credited: { payments: sums.credited, amount: money(sums.creditedMinor) },
    payerFees: money(sums.payerFeeMinor),
    billerFees: money(sums.billerFeeMinor),
    taxes: money(sums.taxMinor),
    commissions: money(sums.commissionMinor),
  };
}
