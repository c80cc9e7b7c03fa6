// Settlements in words, for the terminal.

import { toText, type MoneyText } from '../kernel/money.ts';
import { layOut, type Answer } from '../platform/cli/index.ts';
import { totalOf } from './batch.ts';
import type { Preview } from './preview-day.ts';
import type { SettlementAnswer } from './schema.ts';
import { sumsOf } from './show-settlement.ts';
import type { DayKey } from './store-step.ts';

export function tellSettlement(shown: SettlementAnswer): string {
  const { splits, remittances, totals, ...batch } = shown;
  const columns = splits.map(({ dimension, key, payments, gross, reversed, adjusted, direct, net }) => ({
    by: dimension,
    key: key === '' ? '(none)' : key,
    payments,
    gross: gross.value,
    reversed: reversed.value,
    adjusted: adjusted.value,
    direct: direct.gross.value,
    net: net.value,
  }));
  return [layOut({ ...batch, ...totals }), layOut(columns), `remittances\n${layOut(remittances)}`].join(
    '\n\n',
  );
}

/** What a close would come to, said like what it came to. */
export function tellPreview({ businessDate }: DayKey, preview: Preview): Answer {
  const { day, currency, valueDate, missed } = preview;
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  const data = {
    dryRun: true,
    businessDate,
    cutOffAt: day.cut_off_at.toISOString(),
    state: day.sealed_at !== null ? 'sealed' : day.is_due ? 'due' : 'open',
    closesFirst: missed,
    valueDate,
    ...sumsOf(totalOf(preview.splits), currency),
    feesSettled: preview.feesSettled,
    feesSetOff: money(preview.feesSetOffMinor),
    carriedIn: money(preview.carriedInMinor),
    net: money(preview.netMinor),
    remitted: money(preview.remittedMinor),
    carriedOut: money(preview.carriedOutMinor),
  };
  return { data, text: layOut(data) };
}
