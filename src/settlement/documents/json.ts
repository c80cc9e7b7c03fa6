// The whole settlement as JSON, for programs: amounts with their currency, codes with their names.

import { showId } from '../../kernel/ids.ts';
import { toText, type MoneyText } from '../../kernel/money.ts';
import { totalOf } from '../batch.ts';
import { sumsOf } from '../show-settlement.ts';
import { nameOf, type SettlementReport } from './report.ts';

export function writeJson(report: SettlementReport): Buffer {
  return Buffer.from(`${JSON.stringify(asDocument(report), null, 2)}\n`);
}

function asDocument(report: SettlementReport): object {
  const { batch, splits, remittances } = report;
  const { facts, currency } = batch;
  const money = (minor: bigint): MoneyText => toText({ minor, currency });
  return {
    settlementId: showId('stl', batch.settlementId),
    billerCode: facts.billerCode,
    billerName: facts.billerName,
    businessDate: batch.businessDate,
    timeZone: facts.timeZone,
    currency,
    sealedAt: batch.sealedAt.toISOString(),
    recordedAt: batch.recordedAt.toISOString(),
    totals: sumsOf(totalOf(splits), currency),
    feesSettled: batch.feesSettled,
    feesSetOff: money(batch.feesSetOffMinor),
    carriedIn: money(batch.carriedInMinor),
    net: money(batch.netMinor),
    remitted: money(batch.remittedMinor),
    carriedOut: money(batch.carriedOutMinor),
    valueDate: batch.valueDate,
    remittances: remittances.map((remittance) => ({
      unit: remittance.unit === '' ? null : remittance.unit,
      amount: money(remittance.amountMinor),
      valueDate: remittance.valueDate,
      late: remittance.late,
      endToEndId: remittance.endToEndId,
      holder: remittance.holder,
      account: remittance.account,
    })),
    splits: splits
      .filter(({ dimension }) => dimension !== 'total')
      .map((split) => ({
        dimension: split.dimension,
        key: split.key,
        name: {
          ar: nameOf(split, facts, 'ar'),
          fr: nameOf(split, facts, 'fr'),
          en: nameOf(split, facts, 'en'),
        },
        ...sumsOf(split, currency),
        net: money(split.netMinor),
      })),
    digest: batch.digest.toString('hex'),
    previousDigest: batch.previousDigest?.toString('hex') ?? null,
  };
}
