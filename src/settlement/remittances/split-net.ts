// What of a batch goes to which account. Each unit is paid to its own account, or that of its nearest ancestor that has
// one, else to the biller's. What the splits do not carry (what earlier days could not set off, units that are below
// zero) is taken from the others in proportion, by largest remainder: the parts are the batch's total to the last unit.

import { splitByLargestRemainder } from '../../kernel/split.ts';
import type { Split } from '../batch.ts';

/** The biller's own account. */
export const OF_BILLER = '';

export interface Part {
  /** Whose account; empty: the biller's own. */
  readonly unit: string;
  readonly amountMinor: bigint;
}

/**
 * `parents`: of each unit that has one; `withAccount`: units that have an account of their own. Parts of more than
 * zero, by unit.
 */
export function splitNet(
  remittedMinor: bigint,
  splits: readonly Split[],
  parents: ReadonlyMap<string, string>,
  withAccount: ReadonlySet<string>,
): Part[] {
  if (remittedMinor <= 0n) return [];
  const sums = new Map<string, bigint>([[OF_BILLER, 0n]]);
  for (const { dimension, key, netMinor } of splits) {
    if (dimension !== 'unit') continue;
    const unit = payee(key, parents, withAccount);
    sums.set(unit, (sums.get(unit) ?? 0n) + netMinor);
  }
  const units = [...sums.keys()].sort();
  const weights = units.map((unit) => larger(sums.get(unit) ?? 0n));
  return splitByLargestRemainder(remittedMinor, weights)
    .map((amountMinor, at) => ({ unit: units[at] ?? OF_BILLER, amountMinor }))
    .filter((part) => part.amountMinor > 0n);
}

/** The nearest of the unit and its ancestors that has an account; a tree that goes in a circle ends at the biller. */
function payee(unit: string, parents: ReadonlyMap<string, string>, withAccount: ReadonlySet<string>): string {
  const met = new Set<string>();
  for (let at: string | undefined = unit; at !== undefined && !met.has(at); at = parents.get(at)) {
    if (at !== OF_BILLER && withAccount.has(at)) return at;
    met.add(at);
  }
  return OF_BILLER;
}

function larger(minor: bigint): bigint {
  return minor > 0n ? minor : 0n;
}
