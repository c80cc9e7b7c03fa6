// Entries of a sealed day as parts, each of one unit, service, channel, outlet kind, method and budget line. Pure.
// Remember: an entry's fees are split over its bills, and a bill's amount and fees over its budget lines, by the
// largest remainder, so that nothing is lost on the way.

import { splitByLargestRemainder } from '../kernel/split.ts';
import type { Sums } from './batch.ts';
import type { Keys } from './sums.ts';

/** How an entry came to be: what its amount means depends on both. */
export interface Nature {
  readonly route: string;
  /** As the payment was recorded, whatever became of it. */
  readonly outcome: string;
}

/** Minor units; the fees of the whole entry are said with each of its lines. */
export interface EntryLine extends Nature {
  readonly entryId: string;
  readonly keys: Keys;
  readonly amountMinor: bigint;
  readonly budget: readonly { readonly line: string; readonly minor: string }[] | null;
  readonly feesMinor: Fees;
}

/** Of the payer, of the biller, the tax in both, the channel's commission. */
export type Fees = readonly [bigint, bigint, bigint, bigint];

export interface Part extends Nature {
  readonly keys: Keys;
  readonly amountMinor: bigint;
  readonly feesMinor: Fees;
  /** 1 for the first part of an entry, and of a bill; else 0. */
  readonly entries: number;
  readonly bills: number;
}

/** The lines of one entry, in their order. */
export function partsOf(lines: readonly EntryLine[]): Part[] {
  const [first] = lines;
  if (first === undefined) return [];
  const fees = splitFees(
    first.feesMinor,
    lines.map((line) => line.amountMinor),
  );
  return lines.flatMap((line, i) => {
    const budget = line.budget ?? [{ line: line.keys['budget-line'], minor: String(line.amountMinor) }];
    const amounts = budget.map(({ minor }) => BigInt(minor));
    const ofLine = splitFees(fees[i] ?? NO_FEES, amounts);
    return budget.map((share, place): Part => ({
      route: line.route,
      outcome: line.outcome,
      keys: { ...line.keys, 'budget-line': share.line },
      amountMinor: amounts[place] ?? 0n,
      feesMinor: ofLine[place] ?? NO_FEES,
      entries: i === 0 && place === 0 ? 1 : 0,
      bills: place === 0 ? 1 : 0,
    }));
  });
}

export const NO_FEES: Fees = [0n, 0n, 0n, 0n];

function splitFees(fees: Fees, weights: readonly bigint[]): Fees[] {
  if (weights.length === 1) return [fees];
  const [payer, biller, tax, commission] = fees.map((fee) => splitByLargestRemainder(fee, weights));
  return weights.map((_, i) => [payer?.[i] ?? 0n, biller?.[i] ?? 0n, tax?.[i] ?? 0n, commission?.[i] ?? 0n]);
}

/** What a payment adds. Via operator it is owed to the biller; direct, the biller has it; credited, the payer. */
export function paid({ route, outcome, entries, bills, amountMinor, feesMinor }: Part): Partial<Sums> {
  if (outcome === 'credited')
    return { credited: entries, creditedMinor: amountMinor, ...fees(feesMinor, 1n) };
  if (route === 'direct')
    return { directPayments: entries, bills, directGrossMinor: amountMinor, ...fees(feesMinor, 1n) };
  return { payments: entries, bills, grossMinor: amountMinor, ...fees(feesMinor, 1n) };
}

/** What a reversal takes back, with its fees; after the seal of the payment's day it is an adjustment. */
export function reversed(
  { route, outcome, entries, amountMinor, feesMinor }: Part,
  kind: 'reversal' | 'adjustment',
): Partial<Sums> {
  const back = fees(feesMinor, -1n);
  const counted = kind === 'reversal' ? { reversals: entries } : { adjustments: entries };
  if (outcome === 'credited') return { ...counted, creditedMinor: -amountMinor, ...back };
  if (kind === 'reversal') {
    const taken = route === 'direct' ? { directReversedMinor: amountMinor } : { reversedMinor: amountMinor };
    return { ...counted, ...taken, ...back };
  }
  return { ...counted, ...adjustment(route, -amountMinor), ...back };
}

/** The agency could not book it: the money is the payer's from now on. */
export function rejected({ route, entries, amountMinor }: Part): Partial<Sums> {
  return {
    adjustments: entries,
    credited: entries,
    creditedMinor: amountMinor,
    ...adjustment(route, -amountMinor),
  };
}

/** By decision of persons; signed, what the biller gets more. */
export function adjusted({ route, amountMinor }: Pick<EntryLine, 'route' | 'amountMinor'>): Partial<Sums> {
  return { adjustments: 1, ...adjustment(route, amountMinor) };
}

function adjustment(route: string, amountMinor: bigint): Partial<Sums> {
  return route === 'direct' ? { directAdjustedMinor: amountMinor } : { adjustedMinor: amountMinor };
}

function fees([payer, biller, tax, commission]: Fees, sign: bigint): Partial<Sums> {
  return {
    payerFeeMinor: payer * sign,
    billerFeeMinor: biller * sign,
    taxMinor: tax * sign,
    commissionMinor: commission * sign,
  };
}
