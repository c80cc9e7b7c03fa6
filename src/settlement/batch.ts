// The settlement of one business date of a biller as values: what was collected, by what it belonged to, and where it
// goes. Amounts are minor units of the batch's currency. A batch is written once and never changes.

import type { FeesSettled, Names } from '../billers/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';

export const DIMENSIONS = [
  'total',
  'unit',
  'service',
  'channel',
  'outlet-kind',
  'method',
  'budget-line',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Every column adds up: over the keys of each dimension to that of `total`. */
export interface Sums {
  readonly payments: number;
  readonly bills: number;
  readonly grossMinor: bigint;
  readonly reversals: number;
  /** What left again of payments via operator; positive. */
  readonly reversedMinor: bigint;
  readonly adjustments: number;
  /** Signed: what the biller gets more. */
  readonly adjustedMinor: bigint;
  readonly directPayments: number;
  readonly directGrossMinor: bigint;
  readonly directReversedMinor: bigint;
  readonly directAdjustedMinor: bigint;
  readonly credited: number;
  /** Kept for payers: no part of the net. */
  readonly creditedMinor: bigint;
  readonly payerFeeMinor: bigint;
  readonly billerFeeMinor: bigint;
  readonly taxMinor: bigint;
  readonly commissionMinor: bigint;
}

export interface Split extends Sums {
  readonly dimension: Dimension;
  /** Code of the unit, service, channel …; empty: of none. */
  readonly key: string;
  /** gross - reversed + adjusted, less its fees set off. It adds up too: what is carried in is the batch's alone. */
  readonly netMinor: bigint;
}

export function totalOf(splits: readonly Split[]): Split {
  const total = splits.find(({ dimension }) => dimension === 'total');
  if (total === undefined) throw new Error('a settlement without its total');
  return total;
}

export interface NamesByCode {
  readonly units: Readonly<Record<string, Names>>;
  readonly services: Readonly<Record<string, Names>>;
  readonly budgetLines: Readonly<Record<string, Names>>;
  readonly channels: Readonly<Record<string, Names>>;
}

/** Names and policies as they held at the close, so that reports made later say the same. */
export interface BatchFacts extends NamesByCode {
  readonly billerCode: string;
  readonly billerName: Names;
  readonly timeZone: string;
  readonly remittanceDays: number;
}

export interface Batch {
  readonly billerId: number;
  readonly settlementId: Uuid;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly sealedAt: Date;
  readonly recordedAt: Date;
  readonly valueDate: BusinessDate;
  readonly feesSettled: FeesSettled;
  readonly feesSetOffMinor: bigint;
  /** Not positive: what earlier batches could not set off. */
  readonly carriedInMinor: bigint;
  readonly netMinor: bigint;
  readonly remittedMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly facts: BatchFacts;
  readonly digest: Buffer;
  /** null: the biller's first. */
  readonly previousDigest: Buffer | null;
}

export const REMITTANCE_STATES = [
  'planned',
  'approved',
  'sent',
  'confirmed',
  'returned',
  'rejected',
] as const;
export type RemittanceState = (typeof REMITTANCE_STATES)[number];

/** One transfer of a batch to one account, in one attempt. */
export interface Remittance {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly settlementId: Uuid;
  /** Whose account: empty is the biller's own. */
  readonly unit: string;
  readonly accountVersion: number;
  readonly attempt: number;
  /** The operator's account; null: held because there is none to pay to. */
  readonly paysFrom: number | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: RemittanceState;
  readonly held: 'approval' | 'funding' | 'account' | null;
  readonly valueDate: BusinessDate;
  readonly late: boolean;
  readonly executeOn: BusinessDate | null;
  readonly endToEndId: string;
  /** Why it was returned or rejected, or why it is held. */
  readonly reason: string | null;
  readonly approvalId: Uuid | null;
  readonly fileId: Uuid | null;
  readonly plannedAt: Date;
  readonly sentAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
}
