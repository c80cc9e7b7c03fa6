// The digest of a batch: SHA-256 over a fixed text of its totals, the digest before it and those of its steps, so that
// whoever has it can tell when anything of the day, or of any day before, was altered (docs/settlement-digest.md).

import { createHash } from 'node:crypto';
import type { Batch, Sums } from './batch.ts';
import type { RecordedStep } from './store-step.ts';
import { AMOUNTS, COUNTS } from './sums.ts';

export type Digested = Pick<
  Batch,
  | 'businessDate'
  | 'currency'
  | 'feesSettled'
  | 'feesSetOffMinor'
  | 'carriedInMinor'
  | 'netMinor'
  | 'remittedMinor'
  | 'carriedOutMinor'
  | 'previousDigest'
>;

/** The text; every line ends with a line feed. Amounts are minor units. */
export function digestText(
  billerCode: string,
  batch: Digested,
  total: Sums,
  steps: readonly RecordedStep[],
): string {
  const lines = [
    'wasit-settlement-1',
    `biller ${billerCode}`,
    `business-date ${batch.businessDate}`,
    `currency ${batch.currency}`,
    `previous ${batch.previousDigest?.toString('hex') ?? '-'}`,
    ...[...COUNTS, ...AMOUNTS].map((column) => `${column} ${total[column]}`),
    `feesSettled ${batch.feesSettled}`,
    `feesSetOffMinor ${batch.feesSetOffMinor}`,
    `carriedInMinor ${batch.carriedInMinor}`,
    `netMinor ${batch.netMinor}`,
    `remittedMinor ${batch.remittedMinor}`,
    `carriedOutMinor ${batch.carriedOutMinor}`,
    ...steps.map(
      ({ step, source, entries, throughId, digest }) =>
        `step ${step} ${source} ${entries} ${throughId} ${digest.toString('hex')}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export function digestOf(...parts: Parameters<typeof digestText>): Buffer {
  return createHash('sha256')
    .update(digestText(...parts))
    .digest();
}
