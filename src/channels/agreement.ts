// Which version of an agreement is in force, and whether it lets a payment through at all. Versions never change,
// so a quote that names its instant gets the fee of that instant however often the terms have changed since.

import type { AgreementVersion, Terms } from './channel.ts';
import { isWithin, type Circumstances } from './tariff.ts';

/**
 * The version in force at `at`: the one recorded last up to and including that instant (of two at one instant the
 * higher). undefined: none yet; a version without terms: the agreement had ended.
 */
export function agreementAt<Version extends Pick<AgreementVersion, 'version' | 'recordedAt'>>(
  versions: readonly Version[],
  at: Date,
): Version | undefined {
  let latest: Version | undefined;
  for (const each of versions) {
    if (each.recordedAt > at) continue;
    if (latest && (each.recordedAt < latest.recordedAt || each.version < latest.version)) continue;
    latest = each;
  }
  return latest;
}

/** Why the terms, if there are any, do not serve such a payment; undefined when they do. */
export function serves(
  terms: Pick<Terms, 'validFrom' | 'validTo' | 'methods' | 'outletKinds'> | undefined,
  { method, outletKind, date }: Circumstances,
): 'agreement' | 'method' | 'outlet' | undefined {
  if (!terms || !isWithin(date, terms.validFrom, terms.validTo)) return 'agreement';
  if (terms.methods && !terms.methods.includes(method)) return 'method';
  if (terms.outletKinds && (outletKind === undefined || !terms.outletKinds.includes(outletKind)))
    return 'outlet';
  return undefined;
}
